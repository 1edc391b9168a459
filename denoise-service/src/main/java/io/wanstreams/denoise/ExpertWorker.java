package io.wanstreams.denoise;

import io.wanstreams.contracts.job.StageName;
import io.wanstreams.denoise.device.DeviceLease;
import io.wanstreams.denoise.device.DeviceRegistry;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.bundle.BundleStore;
import io.wanstreams.transport.service.ServedModel;
import io.wanstreams.transport.service.WorkerName;
import io.wanstreams.transport.stage.StageRunner;
import io.wanstreams.transport.stage.WorkerSettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One stage's worker: holds one expert on one device. */
final class ExpertWorker implements AutoCloseable {

    private final StageName stage;
    private final DeviceLease lease;
    private final ExpertModel expert;
    private @Nullable StageRunner runner;

    private ExpertWorker(StageName stage, DeviceLease lease, ExpertModel expert) {
        this.stage = stage;
        this.lease = lease;
        this.expert = expert;
    }

    /**
     * Takes the device, then loads the expert onto it.
     *
     * @throws io.wanstreams.denoise.device.DeviceUnavailableException when another expert has the device
     * @throws io.wanstreams.inference.checkpoint.CheckpointException in one sentence naming file and tensor
     */
    static ExpertWorker load(
            DenoiseConfig config, ServedModel model, Checkpoint checkpoint, StageName stage, DeviceRegistry registry) {
        Device device = Device.parse(config.device().getOrDefault(stage.toString(), config.defaultDevice()));
        DeviceLease lease = registry.take(device, stage + " of model " + model.name());
        try {
            return new ExpertWorker(
                    stage, lease, LoadedExpert.open(checkpoint, stage, device, sessions(config.threads())));
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    private static SessionSettings sessions(int threads) {
        SessionSettings defaults = SessionSettings.defaults();
        return threads == 0 ? defaults : defaults.threads(threads);
    }

    /** Begins to take tickets. */
    void start(DenoiseConfig config, ServedModel model, KafkaClients clients, BundleStore bundles) {
        WorkerSettings settings = WorkerSettings.of(
                        stage,
                        model.name(),
                        WorkerName.of(config.workerId(), stage),
                        Map.of("device", lease.device().toString()))
                .withGrace(config.grace());
        CheckpointRule rule = new CheckpointRule(
                config.checkpoint().everySteps(), config.checkpoint().every());
        runner = StageRunner.start(clients, bundles, settings, new DenoiseStage(expert, rule, System::nanoTime));
    }

    /** Whether it takes tickets, or works on one. */
    boolean isReady() {
        return runner != null && runner.isReady();
    }

    /** Ends taking tickets; a running stage makes a checkpoint and its job is yielded. */
    void stop() {
        if (runner != null) {
            runner.close();
        }
    }

    /** Frees the expert, then the device. */
    @Override
    public void close() {
        stop();
        expert.close();
        lease.close();
    }
}
