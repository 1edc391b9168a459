package io.wanstreams.bench.load;

import io.wanstreams.bench.handover.BenchJobs;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.KafkaSettings;
import io.wanstreams.transport.bundle.KafkaBundleStore;
import io.wanstreams.transport.log.JobView;
import io.wanstreams.transport.stage.Stage;
import io.wanstreams.transport.stage.StageRunner;
import io.wanstreams.transport.stage.WorkerSettings;
import io.wanstreams.transport.topic.TopicPlan;
import io.wanstreams.transport.topic.TopicPlan.Profile;
import io.wanstreams.transport.topic.TopicProvisioner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A model of one stage on a broker, its jobs and the workers that take them. */
final class Pool implements AutoCloseable {

    static final StageName STAGE = StageName.DENOISE;

    private static final List<StageName> ROUTE = List.of(STAGE);
    private static final long LOOK_AGAIN_MILLIS = 5;

    private final KafkaClients clients;
    private final KafkaBundleStore bundles;
    private final String model;
    private final BenchJobs jobs;
    private final List<StageRunner> workers = new ArrayList<>();

    Pool(String bootstrapServers, String model) throws InterruptedException {
        this.clients = new KafkaClients(KafkaSettings.of(bootstrapServers));
        this.bundles = new KafkaBundleStore(clients);
        this.model = model;
        new TopicProvisioner(clients).provision(new TopicPlan(Profile.LOCAL, Map.of(model, ROUTE)));
        this.jobs = new BenchJobs(clients, model, ROUTE);
    }

    BenchJobs jobs() {
        return jobs;
    }

    /** Starts workers and waits until they take tickets; the stage is made from a worker's name. */
    void start(int count, Function<String, Stage> stage) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            String name = "bench/" + model + "/" + workers.size();
            workers.add(StageRunner.start(
                    clients, bundles, WorkerSettings.of(STAGE, model, name, Map.of()), stage.apply(name)));
        }
        await(() -> workers.stream().allMatch(StageRunner::isReady), Duration.ofSeconds(60), "workers to be ready");
    }

    /** Ends all workers. */
    void stop() {
        workers.forEach(StageRunner::close);
        workers.clear();
    }

    /** Submits one job more; it has no ticket before it is admitted. */
    JobView submit() throws Exception {
        return jobs.submit(JobId.parse(UUID.randomUUID().toString()));
    }

    /** Submits and admits so many. */
    void queue(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            jobs.admit(submit());
        }
    }

    static void await(BooleanSupplier condition, Duration limit, String what) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Waited " + limit.toSeconds() + " s in vain for " + what);
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    @Override
    public void close() {
        stop();
        jobs.close();
        bundles.close();
        clients.close();
    }
}
