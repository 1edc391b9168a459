package io.wanstreams.decoder;

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
import java.time.Duration;
import java.util.Map;

/** The service's one worker: the model loaded, Kafka connected, taking tickets until it is closed. */
final class DecoderWorker implements AutoCloseable {

    private static final StageName STAGE = StageName.DECODE;
    /** Twice the usual deadline of a job. */
    private static final Duration LONGEST_JOB = Duration.ofHours(24);

    private final LoadedVae decoder;
    private final KafkaClients clients;
    private final BundleStore bundles;
    private final StageRunner runner;

    private DecoderWorker(LoadedVae decoder, KafkaClients clients, BundleStore bundles, StageRunner runner) {
        this.decoder = decoder;
        this.clients = clients;
        this.bundles = bundles;
        this.runner = runner;
    }

    /** Loads the model, then connects. What is wrong with settings or checkpoint is said in the exception's message. */
    static DecoderWorker start(DecoderConfig config, Map<String, Path> models, KafkaSettings kafka)
            throws InterruptedException {
        ServedModel model = ServedModel.of(config.model(), models, "wan.decoder.model");
        Device device = Device.parse(config.device());
        LoadedVae decoder =
                LoadedVae.open(Checkpoint.open(model.path(), config.cacheDir()), device, sessions(config.threads()));
        KafkaClients clients = new KafkaClients(kafka);
        try {
            Provisioning.run(config.provision(), clients, Map.of(model.name(), model.route()));
            BundleStore bundles = new KafkaBundleStore(clients);
            WorkerSettings settings = WorkerSettings.of(
                            STAGE,
                            model.name(),
                            WorkerName.of(config.workerId(), STAGE),
                            Map.of("device", device.toString()))
                    .withGrace(config.grace());
            StageRunner runner = StageRunner.start(clients, bundles, settings, stage(config, decoder));
            return new DecoderWorker(decoder, clients, bundles, runner);
        } catch (RuntimeException | InterruptedException e) {
            clients.close();
            decoder.close();
            throw e;
        }
    }

    private static DecodeStage stage(DecoderConfig config, LatentDecoder decoder) {
        Workspace.sweep(config.tempDir(), LONGEST_JOB);
        return new DecodeStage(decoder, media(config), config.tempDir(), System::nanoTime);
    }

    private static MediaSettings media(DecoderConfig config) {
        return new MediaSettings(
                config.video().quantizer(),
                config.thumbnail().edgePixels(),
                config.spritesheet().tiles(),
                config.spritesheet().edgePixels());
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
        decoder.close();
    }
}
