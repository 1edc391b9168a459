package io.wanstreams.transport.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.bundle.ChunkHeaders;
import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.contracts.job.JobError;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.job.RequeueReason;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.contracts.job.StageTimings;
import io.wanstreams.contracts.job.StageTurn;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.kafka.embedded.BrokerSettings;
import io.wanstreams.kafka.embedded.EmbeddedKafka;
import io.wanstreams.transport.TestKafka;
import io.wanstreams.transport.bundle.BundleDescription;
import io.wanstreams.transport.bundle.KafkaBundleStore;
import io.wanstreams.transport.log.JobRecords;
import io.wanstreams.transport.ticket.DeadLetters;
import io.wanstreams.transport.ticket.TicketLease;
import io.wanstreams.transport.ticket.TicketQueue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One broker with one healthy job; then faults are planted beside it, each with a job of its own, and each is reported. */
@Tag("slow")
class JobVerifierIT {

    private static final Expectations HASTY = Expectations.none().withPatience(Duration.ofMillis(300));
    private static final int BUNDLE_BYTES = ChunkHeaders.CHUNK_BYTES + 100;

    @TempDir
    private static Path directory = Path.of("");

    private static EmbeddedKafka broker;
    private static TestKafka kafka;
    private static KafkaBundleStore bundles;
    private static Producer<String, byte[]> producer;
    private static JobId healthy;
    private static Verdict before;

    @BeforeAll
    static void openWithAHealthyJob() throws Exception {
        broker = EmbeddedKafka.start(BrokerSettings.in(directory));
        kafka = TestKafka.on(broker.bootstrapServers());
        bundles = new KafkaBundleStore(kafka.clients);
        producer = kafka.clients.bundleProducer("planter");
        healthy = kafka.admitted();
        complete(healthy, bundle(healthy));
        result(healthy, "completed");
        acceptTickets();
        before = new JobVerifier(kafka.clients, bundles).verify(Expectations.none());
    }

    @AfterAll
    static void close() {
        producer.close();
        bundles.close();
        kafka.close();
        broker.close();
    }

    @Test
    void aHealthySystemIsClean() {
        assertThat(before.findings()).isEmpty();
        assertThat(before.isClean()).isTrue();
        assertThat(before.tally()).containsExactly(Map.entry("completed", 1));
        assertThat(before.looked()).containsOnlyKeys(Rule.values());
        assertThat(before.looked().values()).allMatch(number -> number > 0);
    }

    @Test
    void reportsADroppedEvent() throws Exception {
        JobId job = kafka.admitted();
        StageTurn at = at(job);
        // A worker would have said before that it starts.
        kafka.append(job, completed(at, Map.of()));
        acceptTickets();

        assertThat(rulesBrokenBy(job)).contains(Rule.NO_GAP, Rule.JOBS_OVER);
    }

    @Test
    void reportsAFlippedByte() throws Exception {
        JobId job = kafka.admitted();
        BundleRef damaged = copy(bundle(job), chunks -> chunks.get(1).value()[7] ^= 1);
        complete(job, damaged);
        result(job, "completed");
        acceptTickets();

        assertThat(rulesBrokenBy(job)).contains(Rule.REFERENCES);
        assertThat(verify().about(job))
                .anySatisfy(finding -> assertThat(finding.text()).contains("is damaged in chunk 1"));
    }

    @Test
    void reportsAMissingChunk() throws Exception {
        JobId job = kafka.admitted();
        BundleRef whole = bundle(job);
        BundleRef torn = copy(whole, chunks -> chunks.set(1, chunks.get(0)));
        complete(job, torn);
        acceptTickets();

        assertThat(rulesBrokenBy(job)).contains(Rule.REFERENCES);
    }

    @Test
    void reportsASecondResultAndAMissingOne() throws Exception {
        JobId twice = kafka.admitted();
        complete(twice, bundle(twice));
        result(twice, "completed");
        result(twice, "completed");
        JobId never = kafka.admitted();
        complete(never, bundle(never));
        JobId wrong = kafka.admitted();
        complete(wrong, bundle(wrong));
        result(wrong, "failed");
        acceptTickets();

        assertThat(rulesBrokenBy(twice)).containsExactly(Rule.RESULTS);
        assertThat(rulesBrokenBy(never)).containsExactly(Rule.RESULTS);
        assertThat(rulesBrokenBy(wrong)).containsExactly(Rule.RESULTS);
    }

    @Test
    void reportsATicketThatIsLeft() throws Exception {
        acceptTickets();
        kafka.admitted();
        String topic = Topics.ticketTopic(StageName.ENCODE, kafka.model);

        assertThat(verify().about(topic)).extracting(Finding::rule).containsExactly(Rule.TICKETS);
        acceptTickets();
        assertThat(verify().about(topic)).isEmpty();
    }

    @Test
    void reportsAnOpenTransaction() throws Exception {
        JobId job = kafka.admitted();
        StageTurn at = at(job);
        String id = "open-" + kafka.model;
        try (Producer<String, byte[]> open = kafka.clients.transactionalProducer(id)) {
            open.initTransactions();
            open.beginTransaction();
            open.send(JobRecords.encode(
                            job, Story.requeued(at.stage(), at.turn(), RequeueReason.TICKET_LOST), "/wan/test"))
                    .get(30, TimeUnit.SECONDS);

            Verdict during = new JobVerifier(kafka.clients, bundles).verify(HASTY.withPatience(Duration.ZERO));
            open.abortTransaction();

            assertThat(during.about(id)).extracting(Finding::rule).containsExactly(Rule.TRANSACTIONS);
            assertThat(during.about(Topics.JOBS + "-" + kafka.partition(job)))
                    .extracting(Finding::rule)
                    .containsExactly(Rule.TRANSACTIONS);
        }
        acceptTickets();
        assertThat(verify().about(id)).isEmpty();
    }

    @Test
    void reportsBundlesThatNoEventNames() throws Exception {
        JobId job = kafka.admitted();
        bundle(job);
        complete(job, bundle(job));
        acceptTickets();

        assertThat(rulesBrokenBy(job)).contains(Rule.ORPHANS);
    }

    @Test
    void aLostAttemptMayLeaveBundles() throws Exception {
        JobId job = kafka.admitted();
        kafka.dispatch(job, Story.started(StageName.ENCODE, at(job).turn()));
        bundle(job);
        kafka.dispatch(job, Story.requeued(StageName.ENCODE, at(job).turn(), RequeueReason.WORKER_LOST));
        complete(job, bundle(job));
        result(job, "completed");
        acceptTickets();

        assertThat(rulesBrokenBy(job)).isEmpty();
    }

    @Test
    void reportsAJobThatFailedWithoutAReason() throws Exception {
        JobId job = kafka.admitted();
        StageTurn at = at(job);
        kafka.append(
                job, new JobEvent.JobFailed(at.turn(), at.attempt(), new JobError(FailureCode.STAGE_FAILED, "Oh.")));
        result(job, "failed");
        acceptTickets();

        assertThat(rulesBrokenBy(job)).containsExactly(Rule.JOBS_OVER);
    }

    private static Verdict verify() throws InterruptedException {
        Verdict verdict = new JobVerifier(kafka.clients, bundles).verify(HASTY);
        assertThat(verdict.about(healthy)).isEmpty();
        return verdict;
    }

    private static List<Rule> rulesBrokenBy(JobId job) throws InterruptedException {
        return verify().about(job).stream().map(Finding::rule).distinct().toList();
    }

    /** Leads a job through the rest of its route; its first stage made this bundle. */
    private static void complete(JobId job, BundleRef first) throws InterruptedException {
        Map<String, BundleRef> outputs = Map.of(StageOutputs.CONDITIONING, first);
        while (kafka.job(job).phase() instanceof Phase.Waiting waiting) {
            kafka.dispatch(job, Story.started(waiting.at().stage(), waiting.at().turn()));
            kafka.dispatch(job, completed(waiting.at(), outputs));
            outputs = Map.of();
        }
    }

    private static JobEvent completed(StageTurn at, Map<String, BundleRef> outputs) {
        return new JobEvent.Completed(
                at.stage(), at.turn(), StageOutputs.ofBundles(outputs), new StageTimings(0, 0, 0));
    }

    private static StageTurn at(JobId job) {
        return kafka.job(job).phase().stageTurn().orElseThrow();
    }

    private static BundleRef bundle(JobId job) throws Exception {
        byte[] bytes = new byte[BUNDLE_BYTES];
        return bundles.write(
                BundleDescription.of(Topics.TENSORS, job, StageName.ENCODE, "application/octet-stream"),
                io.wanstreams.transport.bundle.BundleContent.of(bytes));
    }

    private interface Spoiling {
        void spoil(List<ConsumerRecord<String, byte[]>> chunks);
    }

    /** The same chunks once more, spoilt, under a reference of their own. */
    private static BundleRef copy(BundleRef ref, Spoiling spoiling) throws Exception {
        TopicPartition partition = new TopicPartition(ref.topic(), ref.partition());
        List<ConsumerRecord<String, byte[]>> chunks = new ArrayList<>();
        try (Consumer<String, byte[]> consumer = kafka.clients.bundleConsumer("copy")) {
            TopicScan.read(
                    consumer,
                    Map.of(partition, ref.firstOffset()),
                    Map.of(partition, ref.lastOffset() + 1),
                    chunks::add);
        }
        spoiling.spoil(chunks);
        List<Long> offsets = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> chunk : chunks) {
            ProducerRecord<String, byte[]> message =
                    new ProducerRecord<>(ref.topic(), ref.partition(), chunk.key(), chunk.value(), chunk.headers());
            RecordMetadata metadata = producer.send(message).get(30, TimeUnit.SECONDS);
            offsets.add(metadata.offset());
        }
        return new BundleRef(
                ref.topic(),
                ref.topicId(),
                ref.partition(),
                offsets.get(0),
                offsets.get(offsets.size() - 1),
                ref.length(),
                ref.chunks(),
                ref.sha256(),
                ref.mediaType(),
                ref.tensors());
    }

    private static void result(JobId job, String state) throws Exception {
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(Topics.RESULTS, job.toString(), new byte[0]);
        message.headers().add("ce_id", (job + "/" + state).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        producer.send(message).get(30, TimeUnit.SECONDS);
    }

    /** Takes every ticket there is, as workers do that find nothing to do. */
    private static void acceptTickets() {
        try (DeadLetters deadLetters = new DeadLetters(kafka.clients)) {
            for (StageName stage : TestKafka.ROUTE) {
                try (TicketQueue queue = new TicketQueue(kafka.clients, stage, kafka.model, deadLetters)) {
                    await().atMost(TestKafka.PATIENCE).until(() -> {
                        Optional<TicketLease> lease = queue.poll();
                        lease.ifPresent(queue::accept);
                        Long lag = kafka.lag(stage);
                        return lag != null && lag == 0;
                    });
                }
            }
        }
    }
}
