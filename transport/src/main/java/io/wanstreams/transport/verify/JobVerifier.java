package io.wanstreams.transport.verify;

import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.TransportException;
import io.wanstreams.transport.bundle.BundleStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads all topics after the work is over and holds them against the {@link Rule}s. It changes nothing and joins no group. One
 * call at a time; memory grows with the number of jobs in the log, not with their bundles.
 */
public final class JobVerifier {

    private static final long LOOK_AGAIN_MILLIS = 250;

    private final KafkaClients clients;
    private final BundleStore bundles;
    private final Offsets offsets;

    /** The clients and bundles stay the caller's. */
    public JobVerifier(KafkaClients clients, BundleStore bundles) {
        this.clients = clients;
        this.bundles = bundles;
        this.offsets = new Offsets(clients.admin());
    }

    /**
     * Looks at everything.
     *
     * @throws TransportException when the broker does not answer, or there is no job log
     */
    public Verdict verify(Expectations expectations) throws InterruptedException {
        Findings findings = new Findings();
        Map<String, List<TopicPartition>> topics = offsets.partitions();
        if (!topics.containsKey(Topics.JOBS)) {
            throw new TransportException("Kafka has no topic " + Topics.JOBS + "; is that the broker of Wan Streams?");
        }
        // First, since an open transaction hides what the others look for.
        transactions(topics, expectations.patience(), findings);
        tickets(topics, expectations.patience(), findings);
        Map<JobId, JobTrace> jobs = log(partitions(topics, Topics.JOBS), findings);
        jobs.values().forEach(trace -> trace.judge(expectations));
        references(jobs, topics, findings);
        orphans(jobs, topics, findings);
        results(jobs, partitions(topics, Topics.RESULTS), expectations, findings);
        deadLetters(partitions(topics, Topics.DEAD_LETTERS), findings);
        return findings.verdict(outcomes(jobs));
    }

    private void transactions(Map<String, List<TopicPartition>> topics, Duration patience, Findings findings)
            throws InterruptedException {
        List<TopicPartition> all =
                topics.values().stream().flatMap(List::stream).toList();
        OpenTransactions check = new OpenTransactions(clients.admin(), offsets);
        findings.looked(Rule.TRANSACTIONS, all.size());
        afterPatience(() -> check.open(all), patience)
                .forEach((subject, text) -> findings.add(Rule.TRANSACTIONS, subject, text));
    }

    private void tickets(Map<String, List<TopicPartition>> topics, Duration patience, Findings findings)
            throws InterruptedException {
        LeftTickets check = new LeftTickets(clients, offsets);
        findings.looked(Rule.TICKETS, (int)
                topics.keySet().stream().filter(LeftTickets::isTicketTopic).count());
        afterPatience(() -> check.left(topics), patience)
                .forEach((subject, text) -> findings.add(Rule.TICKETS, subject, text));
    }

    /** What there is still when the patience is over. */
    private static Map<String, String> afterPatience(Supplier<Map<String, String>> look, Duration patience)
            throws InterruptedException {
        long began = System.nanoTime();
        Map<String, String> found = look.get();
        while (!found.isEmpty() && System.nanoTime() - began < patience.toNanos()) {
            Thread.sleep(LOOK_AGAIN_MILLIS);
            found = look.get();
        }
        return found;
    }

    private Map<JobId, JobTrace> log(List<TopicPartition> partitions, Findings findings) {
        Map<JobId, JobTrace> jobs = new TreeMap<>();
        if (offsets.beginnings(partitions).values().stream().anyMatch(beginning -> beginning > 0)) {
            findings.note("the log's beginning is gone by retention: jobs from then look as if events were missing");
        }
        try (Consumer<String, byte[]> consumer = clients.followConsumer("wan-verify-log")) {
            TopicScan.read(consumer, Map.of(), offsets.committedEnds(partitions), message -> {
                Optional<LoggedEvent> event = LoggedEvent.of(message);
                findings.looked(Rule.NO_GAP, 1);
                if (event.isEmpty()) {
                    findings.add(Rule.NO_GAP, place(message), "a record without a job's id");
                }
                event.ifPresent(logged -> jobs.computeIfAbsent(logged.recorded().id(), id -> new JobTrace(id, findings))
                        .after(logged));
            });
        }
        return jobs;
    }

    private void references(Map<JobId, JobTrace> jobs, Map<String, List<TopicPartition>> topics, Findings findings)
            throws InterruptedException {
        ReferenceCheck check = new ReferenceCheck(bundles, offsets.beginnings(bundleTopics(topics)), findings);
        for (JobTrace trace : jobs.values()) {
            Optional<Job> job = trace.job();
            if (job.isPresent()) {
                check.check(job.get());
            }
        }
        if (check.expired() > 0) {
            findings.note(check.expired() + " references of completed jobs lead to bundles that retention has removed");
        }
    }

    private void orphans(Map<JobId, JobTrace> jobs, Map<String, List<TopicPartition>> topics, Findings findings) {
        OrphanCheck check = new OrphanCheck(jobs, findings);
        List<TopicPartition> partitions = bundleTopics(topics);
        try (Consumer<String, byte[]> consumer = clients.bundleConsumer("wan-verify-bundles")) {
            TopicScan.read(consumer, Map.of(), offsets.ends(partitions), check::chunk);
        }
        check.conclude();
    }

    /** Results follow their jobs with some delay: what is missing gets the patience too. */
    private void results(
            Map<JobId, JobTrace> jobs, List<TopicPartition> partitions, Expectations expectations, Findings findings)
            throws InterruptedException {
        long began = System.nanoTime();
        ResultCheck check = readResults(partitions, findings);
        while (!check.isComplete(jobs.values(), expectations.results())
                && System.nanoTime() - began < expectations.patience().toNanos()) {
            Thread.sleep(LOOK_AGAIN_MILLIS);
            check = readResults(partitions, findings);
        }
        check.conclude(jobs.values(), expectations.results());
    }

    private ResultCheck readResults(List<TopicPartition> partitions, Findings findings) {
        ResultCheck check = new ResultCheck(findings);
        scan(partitions, check::result);
        return check;
    }

    private void deadLetters(List<TopicPartition> partitions, Findings findings) {
        Map<String, Integer> letters = new TreeMap<>();
        scan(partitions, message -> letters.merge(place(message), 1, Integer::sum));
        if (!letters.isEmpty()) {
            findings.note(letters.size() + " dead letters");
        }
    }

    private void scan(
            List<TopicPartition> partitions, java.util.function.Consumer<ConsumerRecord<String, byte[]>> listener) {
        if (!partitions.isEmpty()) {
            try (Consumer<String, byte[]> consumer = clients.followConsumer("wan-verify")) {
                TopicScan.read(consumer, Map.of(), offsets.committedEnds(partitions), listener);
            }
        }
    }

    private static Map<JobId, Outcome> outcomes(Map<JobId, JobTrace> jobs) {
        Map<JobId, Outcome> outcomes = new TreeMap<>();
        jobs.forEach((id, trace) -> outcomes.put(id, trace.outcome()));
        return outcomes;
    }

    private static List<TopicPartition> bundleTopics(Map<String, List<TopicPartition>> topics) {
        return ReferenceCheck.topics().stream()
                .flatMap(topic -> partitions(topics, topic).stream())
                .toList();
    }

    private static List<TopicPartition> partitions(Map<String, List<TopicPartition>> topics, String topic) {
        return topics.getOrDefault(topic, List.of());
    }

    private static String place(ConsumerRecord<String, byte[]> message) {
        return message.topic() + "-" + message.partition() + "@" + message.offset();
    }
}
