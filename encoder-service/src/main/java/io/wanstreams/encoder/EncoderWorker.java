package io.wanstreams.encoder;

import io.wanstreams.contracts.job.StageName;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.KafkaSettings;
import io.wanstreams.transport.bundle.BundleStore;
import io.wanstreams.transport.bundle.KafkaBundleStore;
import io.wanstreams.transport.stage.StageRunner;
import io.wanstreams.transport.stage.WorkerSettings;
import java.nio.file.Path;
import java.util.Map;

/** The service's one worker: the model loaded, Kafka connected, taking tickets until it is closed. */
final class EncoderWorker implements AutoCloseable {

    private static final StageName STAGE = StageName.ENCODE;

    private final LoadedTextEncoder encoder;
    private final KafkaClients clients;
    private final BundleStore bundles;
    private final StageRunner runner;

    private EncoderWorker(LoadedTextEncoder encoder, KafkaClients clients, BundleStore bundles, StageRunner runner) {
        this.encoder = encoder;
        this.clients = clients;
        this.bundles = bundles;
        this.runner = runner;
    }

    /** Loads the model, then connects. What is wrong with settings or checkpoint is said in the exception's message. */
    static EncoderWorker start(EncoderConfig config, Map<String, Path> models, KafkaSettings kafka)
            throws InterruptedException {
        ServedModel model = ServedModel.of(config.model(), models, "wan.encoder.model");
        Device device = Device.parse(config.device());
        LoadedTextEncoder encoder = LoadedTextEncoder.open(
                Checkpoint.open(model.path(), config.cacheDir()), device, sessions(config.threads()));
        KafkaClients clients = new KafkaClients(kafka);
        try {
            Provisioning.run(config.provision(), clients, Map.of(model.name(), model.route()));
            BundleStore bundles = new KafkaBundleStore(clients);
            PromptEncoder cached = new CachingPromptEncoder(
                    encoder, config.embeddings().cacheSize().asLongValue());
            WorkerSettings settings = WorkerSettings.of(
                            STAGE,
                            model.name(),
                            WorkerName.of(config.workerId(), STAGE),
                            Map.of("device", device.toString()))
                    .withGrace(config.grace());
            StageRunner runner =
                    StageRunner.start(clients, bundles, settings, new EncodeStage(cached, System::nanoTime));
            return new EncoderWorker(encoder, clients, bundles, runner);
        } catch (RuntimeException | InterruptedException e) {
            clients.close();
            encoder.close();
            throw e;
        }
    }

    private static SessionSettings sessions(int threads) {
        SessionSettings defaults = SessionSettings.defaults();
        return threads == 0 ? defaults : defaults.threads(threads);
    }

    /** Whether it takes tickets, and the broker answers. */
    boolean isReady() {
        return runner.isReady();
    }

    /** Lets a running stage end or yields its job, then frees the model. */
    @Override
    public void close() {
        runner.close();
        bundles.close();
        clients.close();
        encoder.close();
    }
}
