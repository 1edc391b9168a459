package io.wanstreams.inference.pipeline;

import io.wanstreams.tensors.Tensor;
import java.util.Arrays;

/**
 * What an image does to the passes of a transformer. Source: transformer-and-text.md §6, §7.
 */
public sealed interface ImageConditioning {

    /** A pass over latents of a given number of channels, maybe with tokens of the first frame at timestep 0. */
    @FunctionalInterface
    interface Pass {
        float[] predict(float[] latents, float timestep, boolean cleanFirstFrame, Tensor text);
    }

    /** The same transformer for latents alone: this conditioning is added before each pass. */
    VelocityModel of(Pass pass);

    /** The latents at the end of all steps. */
    float[] finished(float[] latents);

    /** Whether tokens have one of two timesteps, which takes more memory than one for all. */
    default boolean timestepPerToken() {
        return false;
    }

    /** No image. */
    record None() implements ImageConditioning {
        @Override
        public VelocityModel of(Pass pass) {
            return (latents, timestep, text) -> pass.predict(latents, timestep, false, text);
        }

        @Override
        public float[] finished(float[] latents) {
            return latents;
        }
    }

    /**
     * Further channels behind those of the latents: a mask and an encoded clip.
     *
     * @param channels [channels, frames, height, width], frames, height and width those of the latents
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Channels(float[] channels) implements ImageConditioning {
        @Override
        public VelocityModel of(Pass pass) {
            return (latents, timestep, text) -> pass.predict(joined(latents), timestep, false, text);
        }

        private float[] joined(float[] latents) {
            float[] joined = Arrays.copyOf(latents, latents.length + channels.length);
            System.arraycopy(channels, 0, joined, latents.length, channels.length);
            return joined;
        }

        @Override
        public float[] finished(float[] latents) {
            return latents;
        }
    }

    /**
     * A first frame that is known: it takes the place of the latents' in every pass and at the end, and its tokens are told
     * timestep 0. The solver goes its own way there, as in Diffusers; no other frame sees it.
     *
     * @param frame [channels, 1, height, width]
     * @param frames of the latents
     * @param positions height · width
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record FirstFrame(float[] frame, int frames, int positions) implements ImageConditioning {
        @Override
        public boolean timestepPerToken() {
            return true;
        }

        @Override
        public VelocityModel of(Pass pass) {
            return (latents, timestep, text) -> pass.predict(finished(latents), timestep, true, text);
        }

        @Override
        public float[] finished(float[] latents) {
            float[] blended = latents.clone();
            for (int channel = 0; channel < frame.length / positions; channel++) {
                System.arraycopy(frame, channel * positions, blended, channel * frames * positions, positions);
            }
            return blended;
        }
    }
}
