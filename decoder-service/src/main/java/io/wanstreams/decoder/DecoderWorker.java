package io.wanstreams.decoder;

import io.quarkus.runtime.configuration.MemorySize;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.decoder.video.VideoEncoder;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.memory.MemoryLimit;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.vae.Tiling;
import io.wanstreams.transport.KafkaSettings;
import io.wanstreams.transport.service.RunningService;
import io.wanstreams.transport.service.ServedModel;
import io.wanstreams.transport.service.StageService;
import io.wanstreams.transport.service.WorkerName;
import io.wanstreams.transport.stage.WorkerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The service's one worker, which holds the VAE's decoder. */
final class DecoderWorker {

    private static final StageName STAGE = StageName.DECODE;
    /** Twice the usual deadline of a job. */
    private static final Duration LONGEST_JOB = Duration.ofHours(24);

    private DecoderWorker() {}

    /** Loads the model, then connects. What is wrong with settings or checkpoint is said in the exception's message. */
    static RunningService start(DecoderConfig config, Map<String, Path> models, KafkaSettings kafka)
            throws InterruptedException {
        ServedModel model = ServedModel.of(config.model(), models, "wan.decoder.model");
        Device device = Device.parse(config.device());
        WorkerSettings settings = WorkerSettings.of(
                        STAGE,
                        model.name(),
                        WorkerName.of(config.workerId(), STAGE),
                        Map.of("device", device.toString()))
                .withGrace(config.grace());
        MediaSettings media = media(config);
        Workspace.sweep(config.tempDir(), LONGEST_JOB);
        VideoEncoder.load();
        Tiling tiling = tiling(config.tile());
        LoadedVae decoder = LoadedVae.open(
                Checkpoint.open(model.path(), config.cacheDir()),
                device,
                sessions(config),
                tiling,
                config.tempDir(),
                MemoryLimit.of(config.memoryLimit().map(MemorySize::asLongValue), device));
        DecodeStage stage = new DecodeStage(decoder, media, config.tempDir(), System::nanoTime);
        return StageService.start(kafka, config.provision(), model, settings, stage, decoder::close);
    }

    /** Null for none. */
    static @Nullable Tiling tiling(DecoderConfig.Tile tile) {
        if (tile.edgePixels() == 0) {
            return null;
        }
        try {
            return new Tiling(tile.edgePixels(), tile.stridePixels());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("wan.decoder.tile: " + e.getMessage(), e);
        }
    }

    private static MediaSettings media(DecoderConfig config) {
        return new MediaSettings(
                config.video().quantizer(),
                config.thumbnail().edgePixels(),
                config.spritesheet().tiles(),
                config.spritesheet().edgePixels());
    }

    private static SessionSettings sessions(DecoderConfig config) {
        SessionSettings defaults = SessionSettings.defaults().engines(config.cacheDir());
        return config.threads() == 0 ? defaults : defaults.threads(config.threads());
    }
}
