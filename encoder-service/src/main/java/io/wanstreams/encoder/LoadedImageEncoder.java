package io.wanstreams.encoder;

import io.wanstreams.contracts.request.ImageInput;
import io.wanstreams.contracts.request.Preset;
import io.wanstreams.contracts.request.VideoRequest;
import io.wanstreams.images.BadImageException;
import io.wanstreams.images.ImageFile;
import io.wanstreams.images.ImageLimits;
import io.wanstreams.images.RgbImage;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.image.ImageConditioner;
import io.wanstreams.inference.image.ImageFit;
import io.wanstreams.inference.image.Picture;
import io.wanstreams.inference.memory.MemoryLimit;
import io.wanstreams.inference.memory.MemoryPlan;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.vae.FrameEncoder;
import io.wanstreams.inference.vae.TiledVaeEncoder;
import io.wanstreams.inference.vae.Tiling;
import io.wanstreams.inference.vae.VaeEncoder;
import io.wanstreams.tensors.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The autoencoder of a checkpoint that takes images. */
final class LoadedImageEncoder implements ImageEncoder, AutoCloseable {

    /** A mask and an encoded clip, for transformers that read both. */
    static final String CONDITION = "image.condition";

    /** The encoded first frame, for transformers with a timestep per token. */
    static final String LATENT = "image.latent";

    private final ImageInput input;
    private final ImageLimits limits;
    private final VaeEncoder encoder;
    private final FrameEncoder way;
    private final EncoderMemory memory;

    private LoadedImageEncoder(
            ImageInput input, ImageLimits limits, VaeEncoder encoder, FrameEncoder way, EncoderMemory memory) {
        this.input = input;
        this.limits = limits;
        this.encoder = encoder;
        this.way = way;
        this.memory = memory;
    }

    /**
     * Loads it.
     *
     * @param tiling to encode in tiles; null to encode whole images
     * @return null for a model that takes no images
     * @throws io.wanstreams.inference.checkpoint.CheckpointException in one sentence naming file and tensor
     * @throws io.wanstreams.inference.memory.NotEnoughMemoryException if the weights will not fit
     */
    static @Nullable LoadedImageEncoder open(
            ImageInput input,
            ImageLimits limits,
            Checkpoint checkpoint,
            Device device,
            SessionSettings settings,
            @Nullable Tiling tiling,
            MemoryLimit limit) {
        if (input == ImageInput.REFUSED) {
            return null;
        }
        EncoderMemory memory = new EncoderMemory(new MemoryPlan(checkpoint), limit);
        memory.checkWeights();
        VaeEncoder encoder = VaeEncoder.open(checkpoint, device, settings);
        try {
            FrameEncoder way = tiling == null ? encoder : new TiledVaeEncoder(encoder, tiling);
            return new LoadedImageEncoder(input, limits, encoder, way, memory);
        } catch (IllegalArgumentException e) {
            encoder.close();
            throw new IllegalArgumentException("wan.encoder.image.tile: " + e.getMessage(), e);
        }
    }

    @Override
    public int limitBytes() {
        return (int) Math.min(Integer.MAX_VALUE, limits.bytes());
    }

    @Override
    public Map<String, Tensor> encode(
            VideoRequest request, byte[] image, byte @Nullable [] lastImage, Cancellation cancellation)
            throws BadImageException {
        memory.check(way, input == ImageInput.OPTIONAL ? 1 : request.numFrames(), request.height(), request.width());
        ImageConditioner conditioner = new ImageConditioner(way);
        float[] first = pixels(request, image);
        if (input == ImageInput.OPTIONAL) {
            return Map.of(LATENT, conditioner.firstFrame(first, request.height(), request.width(), cancellation));
        }
        float[] last = lastImage == null ? null : pixels(request, lastImage);
        return Map.of(
                CONDITION,
                conditioner.masked(first, last, request.numFrames(), request.height(), request.width(), cancellation));
    }

    private float[] pixels(VideoRequest request, byte[] file) throws BadImageException {
        RgbImage decoded = ImageFile.open(file, limits).decode(request.preset().turnsImagesUpright());
        Picture picture = new Picture(decoded.width(), decoded.height(), decoded.rgb());
        return fit(request.preset()).pixels(picture, request.width(), request.height());
    }

    private ImageFit fit(Preset preset) {
        if (preset == Preset.DIFFUSERS) {
            return ImageFit.STRETCH_LANCZOS;
        }
        return input == ImageInput.OPTIONAL ? ImageFit.COVER_LANCZOS : ImageFit.STRETCH_BICUBIC;
    }

    @Override
    public void close() {
        encoder.close();
    }
}
