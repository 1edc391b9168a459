package io.wanstreams.bench.handover;

import io.wanstreams.bench.measure.Sample;
import io.wanstreams.bench.report.Columns;
import io.wanstreams.bench.report.Report.Row;
import io.wanstreams.bench.report.Report.Target;
import io.wanstreams.contracts.job.CompletedStage;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.KafkaSettings;
import io.wanstreams.transport.bundle.KafkaBundleStore;
import io.wanstreams.transport.log.JobView;
import io.wanstreams.transport.stage.StageRunner;
import io.wanstreams.transport.stage.WorkerSettings;
import io.wanstreams.transport.topic.TopicPlan;
import io.wanstreams.transport.topic.TopicPlan.Profile;
import io.wanstreams.transport.topic.TopicProvisioner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Sends jobs, one after the other, through one real worker for each computing stage, and looks at the gaps. */
public final class HandoverBench {

    private static final String MODEL = "bench";
    private static final String MILLIS = "ms";
    private static final double PROMISED_MILLIS = 100;

    /** The stages of a runner: the prompt stage waits on a channel instead. */
    private static final List<StageName> ROUTE =
            StageName.TWO_EXPERTS.stream().filter(s -> s != StageName.PROMPT).toList();

    private final List<Double> gaps = new ArrayList<>();
    private final List<Double> admissions = new ArrayList<>();
    private final List<Double> claims = new ArrayList<>();

    private HandoverBench() {}

    /** Hand-overs of one job. */
    public static int perJob() {
        return ROUTE.size() - 1;
    }

    /**
     * Measures.
     *
     * @param warmups jobs that do not count
     */
    public static HandoverBench run(String bootstrapServers, int warmups, int jobs) throws Exception {
        HandoverBench bench = new HandoverBench();
        Journal journal = new Journal();
        List<StageRunner> workers = new ArrayList<>();
        try (KafkaClients clients = new KafkaClients(KafkaSettings.of(bootstrapServers));
                KafkaBundleStore bundles = new KafkaBundleStore(clients)) {
            new TopicProvisioner(clients).provision(new TopicPlan(Profile.LOCAL, Map.of(MODEL, ROUTE)));
            try (BenchJobs source = new BenchJobs(clients, MODEL, ROUTE)) {
                for (StageName stage : ROUTE) {
                    WorkerSettings settings = WorkerSettings.of(stage, MODEL, "bench/" + stage, Map.of());
                    workers.add(StageRunner.start(clients, bundles, settings, new StubStage(journal)));
                }
                for (int i = 0; i < warmups + jobs; i++) {
                    bench.measure(source, journal, i >= warmups);
                }
            } finally {
                workers.forEach(StageRunner::close);
            }
        }
        return bench;
    }

    /** The gaps, and what they consist of as far as it is known. */
    public List<Row> rows() {
        return List.of(
                row("stage done to next stage at work", gaps),
                row("of it: ticket in hand to claim won", claims),
                row("admission to first stage at work", admissions));
    }

    /** The promise: nobody notices that stages are services. */
    public Target target() {
        return new Target("hand-over p50, ms", Sample.of(gaps).median(), PROMISED_MILLIS, false);
    }

    /** How many hand-overs count. */
    public int handovers() {
        return gaps.size();
    }

    private void measure(BenchJobs source, Journal journal, boolean counts) throws Exception {
        JobView submitted = source.submit(JobId.parse(UUID.randomUUID().toString()));
        long before = System.nanoTime();
        source.admit(submitted);
        Job job = source.awaitCompleted(submitted);
        if (counts) {
            gaps.addAll(journal.gaps(job.id(), ROUTE));
            admissions.add(journal.sinceThen(job.id(), ROUTE.get(0), before));
            for (CompletedStage stage : job.completed()) {
                claims.add((double) stage.timings().claimMs());
            }
        }
    }

    private static Row row(String what, List<Double> values) {
        return new Row(what, MILLIS, Columns.latency(Sample.of(values)));
    }
}
