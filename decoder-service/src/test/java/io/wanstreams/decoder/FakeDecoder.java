package io.wanstreams.decoder;

import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.vae.DecodedFrame;
import io.wanstreams.inference.vae.FrameDecoder;
import io.wanstreams.tensors.Tensor;
import java.util.Arrays;

/** A VAE whose frames are one grey each, brighter with time; a latent position is 8 by 8 pixels. */
final class FakeDecoder implements LatentDecoder {

    private static final int STRIDE = 8;
    private static final int FRAMES_PER_LATENT = 4;

    int latentFramesDecoded;

    @Override
    public int channels() {
        return 2;
    }

    @Override
    public int frames(int latentFrames) {
        return 1 + (latentFrames - 1) * FRAMES_PER_LATENT;
    }

    @Override
    public void decode(Tensor latents, FrameDecoder.FrameConsumer consumer, Cancellation cancellation) {
        int height = (int) latents.shape().dim(2) * STRIDE;
        int width = (int) latents.shape().dim(3) * STRIDE;
        int frame = 0;
        for (int latent = 0; latent < latents.shape().dim(1); latent++) {
            cancellation.check();
            latentFramesDecoded++;
            for (int i = 0; i < (latent == 0 ? 1 : FRAMES_PER_LATENT); i++) {
                float[] values = new float[3 * height * width];
                Arrays.fill(values, -1 + 0.02f * (frame % 100));
                consumer.accept(new DecodedFrame(frame++, height, width, values));
            }
        }
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
