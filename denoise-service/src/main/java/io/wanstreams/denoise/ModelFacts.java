package io.wanstreams.denoise;

import io.wanstreams.contracts.request.VideoRequest;
import io.wanstreams.inference.transformer.LatentShape;

/**
 * What a denoise stage must know of its model besides the weights.
 *
 * @param channels of the latents
 * @param temporalStride pixel frames per latent frame after the first
 * @param spatialStride pixels per latent position, each way
 * @param patchHeight latent rows per token
 * @param patchWidth latent columns per token
 * @param textWidth of an encoded prompt's rows
 * @param trainTimesteps the timestep that noise level 1 stands for
 */
record ModelFacts(
        int channels,
        int temporalStride,
        int spatialStride,
        int patchHeight,
        int patchWidth,
        int textWidth,
        int trainTimesteps) {

    /**
     * The shape of a job's latents.
     *
     * @throws IllegalArgumentException when the model has no latents for such a video
     */
    LatentShape latentsOf(VideoRequest request) {
        check(request.width(), spatialStride * patchWidth, "width");
        check(request.height(), spatialStride * patchHeight, "height");
        if (request.numFrames() < 1 || (request.numFrames() - 1) % temporalStride != 0) {
            throw new IllegalArgumentException("The number of frames is a multiple of " + temporalStride
                    + " and one more, found " + request.numFrames() + ".");
        }
        // The first frame stands alone, then each stride of frames makes one latent frame.
        int frames = (request.numFrames() - 1) / temporalStride + 1;
        return new LatentShape(channels, frames, request.height() / spatialStride, request.width() / spatialStride);
    }

    private static void check(int pixels, int multiple, String edge) {
        if (pixels < multiple || pixels % multiple != 0) {
            throw new IllegalArgumentException(
                    "The " + edge + " is a multiple of " + multiple + " for this model, found " + pixels + ".");
        }
    }
}
