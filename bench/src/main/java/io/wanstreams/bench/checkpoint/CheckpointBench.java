package io.wanstreams.bench.checkpoint;

import io.wanstreams.bench.handover.BenchJobs;
import io.wanstreams.bench.measure.Sample;
import io.wanstreams.bench.report.Columns;
import io.wanstreams.bench.report.Report.Row;
import io.wanstreams.bench.report.Report.Target;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.Phase;
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
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A real worker saves the state of a large video again and again while it computes. */
public final class CheckpointBench {

    private static final String MODEL = "bench-checkpoint";
    private static final StageName STAGE = StageName.DENOISE;
    private static final String MILLIS = "ms";
    private static final double PROMISED_STALL_MILLIS = 50;

    private final SavingStage stage;

    private CheckpointBench(SavingStage stage) {
        this.stage = stage;
    }

    /**
     * Measures.
     *
     * @param state of the video
     * @param rounds checkpoints that count, after two for warming up
     */
    public static CheckpointBench run(String bootstrapServers, SolverState state, int rounds) throws Exception {
        SavingStage stage = new SavingStage(state, rounds);
        try (KafkaClients clients = new KafkaClients(KafkaSettings.of(bootstrapServers));
                KafkaBundleStore bundles = new KafkaBundleStore(clients)) {
            new TopicProvisioner(clients).provision(new TopicPlan(Profile.LOCAL, Map.of(MODEL, List.of(STAGE))));
            WorkerSettings settings = WorkerSettings.of(STAGE, MODEL, "bench/" + MODEL, Map.of());
            StageRunner worker = StageRunner.start(clients, bundles, settings, stage);
            try (BenchJobs jobs = new BenchJobs(clients, MODEL, List.of(STAGE))) {
                JobView submitted = jobs.submit(JobId.parse(UUID.randomUUID().toString()));
                jobs.admit(submitted);
                stage.await();
                Job done = jobs.awaitCompleted(submitted);
                if (!done.phase().equals(new Phase.Completed())) {
                    throw new IllegalStateException("The job that saves did not end well: " + done.phase());
                }
            } finally {
                worker.close();
            }
        }
        return new CheckpointBench(stage);
    }

    public List<Row> rows() {
        return List.of(
                new Row("computing thread held up", MILLIS, latency(stage.stalls())),
                new Row("from then to the event in the log", MILLIS, latency(stage.recorded())),
                new Row("a piece of work, no checkpoint on its way", MILLIS, latency(stage.alone())),
                new Row("the same, one on its way", MILLIS, latency(stage.beside())));
    }

    /** The promise: computing does not wait for Kafka. */
    public Target target() {
        return new Target(
                "computing thread held up, worst, ms", Sample.of(stage.stalls()).max(), PROMISED_STALL_MILLIS, false);
    }

    private static Map<String, Double> latency(List<Double> values) {
        return Columns.latency(Sample.of(values));
    }
}
