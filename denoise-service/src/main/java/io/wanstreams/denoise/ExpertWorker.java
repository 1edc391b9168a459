package io.wanstreams.denoise;

import io.quarkus.runtime.configuration.MemorySize;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.denoise.device.DeviceLease;
import io.wanstreams.denoise.device.DeviceRegistry;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.checkpoint.Precision;
import io.wanstreams.inference.memory.MemoryLimit;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.transformer.TransformerSetup;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.bundle.BundleStore;
import io.wanstreams.transport.service.ServedModel;
import io.wanstreams.transport.service.WorkerName;
import io.wanstreams.transport.stage.StageRunner;
import io.wanstreams.transport.stage.WorkerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One stage's worker: holds one expert on one device, or on two. */
final class ExpertWorker implements AutoCloseable {

    private final StageName stage;
    private final List<DeviceLease> leases;
    private final ExpertModel expert;
    private @Nullable StageRunner runner;

    private ExpertWorker(StageName stage, List<DeviceLease> leases, ExpertModel expert) {
        this.stage = stage;
        this.leases = List.copyOf(leases);
        this.expert = expert;
    }

    /**
     * Takes its devices, then loads the expert onto them.
     *
     * @throws io.wanstreams.denoise.device.DeviceUnavailableException when another expert has the device
     * @throws io.wanstreams.inference.checkpoint.CheckpointException in one sentence naming file and tensor
     */
    static ExpertWorker load(
            DenoiseConfig config, ServedModel model, Checkpoint checkpoint, StageName stage, DeviceRegistry registry) {
        List<Device> devices = devices(config, stage);
        List<DeviceLease> leases = new ArrayList<>();
        try {
            devices.forEach(device -> leases.add(registry.take(device, stage + " of model " + model.name())));
            MemoryLimit limit = MemoryLimit.of(config.memoryLimit().map(MemorySize::asLongValue), devices.get(0));
            return new ExpertWorker(
                    stage, leases, LoadedExpert.open(checkpoint, stage, setup(config, devices.get(0)), devices, limit));
        } catch (RuntimeException e) {
            leases.forEach(DeviceLease::close);
            throw e;
        }
    }

    /** One device, or two of which the second computes the passes without the prompt. */
    private static List<Device> devices(DenoiseConfig config, StageName stage) {
        String setting = config.device().getOrDefault(stage.toString(), config.defaultDevice());
        List<Device> devices = Device.parseAll(setting);
        if (devices.size() > 2) {
            throw new IllegalArgumentException("The device of " + stage + " is \"" + setting
                    + "\": expected one, or two for the passes with and without the prompt, found " + devices.size()
                    + ".");
        }
        return devices;
    }

    private static TransformerSetup setup(DenoiseConfig config, Device device) {
        SessionSettings defaults = SessionSettings.defaults().engines(config.cacheDir());
        return new TransformerSetup(
                Precision.parse(config.precision()),
                device,
                config.threads() == 0 ? defaults : defaults.threads(config.threads()),
                config.text().cacheSize().asLongValue());
    }

    /** Begins to take tickets. */
    void start(
            DenoiseConfig config, ServedModel model, PreviewRule previews, KafkaClients clients, BundleStore bundles) {
        WorkerSettings settings = WorkerSettings.of(
                        stage,
                        model.name(),
                        WorkerName.of(config.workerId(), stage),
                        Map.of(
                                "device",
                                leases.stream()
                                        .map(lease -> lease.device().toString())
                                        .collect(Collectors.joining(",")),
                                "precision",
                                config.precision()))
                .withGrace(config.grace());
        CheckpointRule rule = new CheckpointRule(
                config.checkpoint().everySteps(), config.checkpoint().every());
        runner = StageRunner.start(
                clients, bundles, settings, new DenoiseStage(expert, rule, previews, System::nanoTime));
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

    /** Frees the expert, then the devices. */
    @Override
    public void close() {
        stop();
        expert.close();
        leases.forEach(DeviceLease::close);
    }
}
