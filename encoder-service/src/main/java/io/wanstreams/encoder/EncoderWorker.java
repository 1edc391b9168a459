package io.wanstreams.encoder;

import io.quarkus.runtime.configuration.MemorySize;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.request.ImageInput;
import io.wanstreams.contracts.request.ProfileReader;
import io.wanstreams.images.ImageLimits;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.memory.MemoryLimit;
import io.wanstreams.inference.memory.MemoryPlan;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.umt5.TextEncoder;
import io.wanstreams.inference.vae.Tiling;
import io.wanstreams.transport.KafkaSettings;
import io.wanstreams.transport.service.RunningService;
import io.wanstreams.transport.service.ServedModel;
import io.wanstreams.transport.service.StageService;
import io.wanstreams.transport.service.WorkerName;
import io.wanstreams.transport.stage.WorkerSettings;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The service's one worker, which holds the text encoder. */
final class EncoderWorker {

    private static final StageName STAGE = StageName.ENCODE;

    private EncoderWorker() {}

    /** Loads the model, then connects. What is wrong with settings or checkpoint is said in the exception's message. */
    static RunningService start(EncoderConfig config, Map<String, Path> models, KafkaSettings kafka)
            throws InterruptedException {
        ServedModel model = ServedModel.of(config.model(), models, "wan.encoder.model");
        Device device = Device.parse(config.device());
        WorkerSettings settings = WorkerSettings.of(
                        STAGE,
                        model.name(),
                        WorkerName.of(config.workerId(), STAGE),
                        Map.of("device", device.toString()))
                .withGrace(config.grace());
        Checkpoint checkpoint = Checkpoint.open(model.path(), config.cacheDir());
        // The longest text is checked once, here: it needs little beside the weights.
        MemoryLimit limit = MemoryLimit.of(config.memoryLimit().map(MemorySize::asLongValue), device);
        limit.check(new MemoryPlan(checkpoint).textEncoder(TextEncoder.TEXT_LENGTH));
        SessionSettings sessions = sessions(config);
        ImageInput input = ProfileReader.read(model.name(), model.path()).image();
        LoadedTextEncoder encoder = LoadedTextEncoder.open(checkpoint, device, sessions);
        LoadedImageEncoder images = images(config, input, checkpoint, device, sessions, limit, encoder);
        PromptEncoder cached = new CachingPromptEncoder(
                encoder, config.embeddings().cacheSize().asLongValue());
        EncodeStage stage = new EncodeStage(cached, images, System::nanoTime);
        return StageService.start(kafka, config.provision(), model, settings, stage, () -> {
            encoder.close();
            if (images != null) {
                images.close();
            }
        });
    }

    private static @Nullable LoadedImageEncoder images(
            EncoderConfig config,
            ImageInput input,
            Checkpoint checkpoint,
            Device device,
            SessionSettings sessions,
            MemoryLimit limit,
            LoadedTextEncoder opened) {
        ImageLimits limits = ImageLimits.DEFAULTS.with(
                config.image().limitSize().asLongValue(), config.image().limitPixels());
        try {
            return LoadedImageEncoder.open(
                    input,
                    limits,
                    checkpoint,
                    device,
                    sessions,
                    tiling(config.image().tile()),
                    limit);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Null for none. */
    static @Nullable Tiling tiling(EncoderConfig.Tile tile) {
        if (tile.edgePixels() == 0) {
            return null;
        }
        try {
            return new Tiling(tile.edgePixels(), tile.stridePixels());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("wan.encoder.image.tile: " + e.getMessage(), e);
        }
    }

    private static SessionSettings sessions(EncoderConfig config) {
        SessionSettings defaults = SessionSettings.defaults().engines(config.cacheDir());
        return config.threads() == 0 ? defaults : defaults.threads(config.threads());
    }
}
