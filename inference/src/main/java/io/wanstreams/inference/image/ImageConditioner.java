package io.wanstreams.inference.image;

import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.vae.FrameEncoder;
import io.wanstreams.inference.vae.FrameSource;
import io.wanstreams.inference.vae.LatentGrid;
import io.wanstreams.tensors.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** From prepared pictures to what the transformer reads of them. */
public final class ImageConditioner {

    private final FrameEncoder encoder;

    /** The encoder stays the caller's to close. */
    public ImageConditioner(FrameEncoder encoder) {
        this.encoder = encoder;
    }

    /**
     * For models with a mask: four channels of mask, then the encoded clip, which is the image, grey, and the last image
     * where there is one (transformer-and-text.md §6).
     *
     * @param image [3, height, width], the first frame
     * @param lastImage the last frame, or null
     * @param frames of the video; at least 2 with a last image
     * @return [mask channels + latent channels, latent frames, latent height, latent width]
     */
    public Tensor masked(
            float[] image, float @Nullable [] lastImage, int frames, int height, int width, Cancellation cancellation) {
        if (lastImage != null && frames < 2) {
            throw new IllegalArgumentException("A video of one frame has no last image.");
        }
        float[] grey = new float[image.length];
        FrameSource clip = index -> index == 0 ? image : lastImage != null && index == frames - 1 ? lastImage : grey;
        Tensor latents = encode(clip, frames, height, width, cancellation);
        float[] mask = mask(latents, lastImage != null);
        float[] condition =
                Arrays.copyOf(mask, mask.length + (int) latents.shape().elements());
        latents.floats().get(condition, mask.length, condition.length - mask.length);
        return Tensor.of(
                condition,
                encoder.grid().framesPerLatent() + latents.shape().dim(0),
                latents.shape().dim(1),
                latents.shape().dim(2),
                latents.shape().dim(3));
    }

    /** Channel j of latent frame k speaks of frame k·n + j − n + 1; the first frame is spoken of n times. */
    private float[] mask(Tensor latents, boolean last) {
        int channels = encoder.grid().framesPerLatent();
        int frames = (int) latents.shape().dim(1);
        int positions = (int) (latents.shape().dim(2) * latents.shape().dim(3));
        float[] mask = new float[channels * frames * positions];
        for (int channel = 0; channel < channels; channel++) {
            Arrays.fill(mask, channel * frames * positions, (channel * frames + 1) * positions, 1);
        }
        if (last) {
            Arrays.fill(mask, mask.length - positions, mask.length, 1);
        }
        return mask;
    }

    /**
     * For models with a timestep per token: the first frame alone, encoded (transformer-and-text.md §7).
     *
     * @param image [3, height, width]
     * @return [latent channels, 1, latent height, latent width]
     */
    public Tensor firstFrame(float[] image, int height, int width, Cancellation cancellation) {
        return encode(index -> image, 1, height, width, cancellation);
    }

    private Tensor encode(FrameSource source, int frames, int height, int width, Cancellation cancellation) {
        LatentGrid grid = encoder.grid();
        return Tensor.of(
                encoder.encode(source, frames, height, width, cancellation),
                grid.channels(),
                grid.latentFrames(frames),
                height / grid.stride(),
                width / grid.stride());
    }
}
