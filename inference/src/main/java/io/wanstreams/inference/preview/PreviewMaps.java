package io.wanstreams.inference.preview;

import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.vae.VaeEncoder;
import io.wanstreams.tensors.Shape;

/** The preview map of a checkpoint's autoencoder: fitted once, then kept in the cache under the content of its weights. */
public final class PreviewMaps {

    private static final String KIND = "preview-map";

    private PreviewMaps() {}

    /**
     * The map; the first time it takes some seconds and loads the encoder.
     *
     * @throws io.wanstreams.inference.checkpoint.CheckpointException if there is no such autoencoder, or no room in the cache
     */
    public static PreviewMap of(Checkpoint checkpoint, SessionSettings settings) {
        int channels = checkpoint.vae().latentChannels();
        int patch = PreviewFit.patch(checkpoint.vae().pixelsPerLatent());
        float[] weights = checkpoint
                .weights("vae")
                .computedOnce(
                        KIND,
                        Shape.of(PreviewMap.KINDS, patch, patch, 3, channels + 1),
                        () -> fit(checkpoint, settings));
        return new PreviewMap(channels, patch, weights);
    }

    private static float[] fit(Checkpoint checkpoint, SessionSettings settings) {
        try (VaeEncoder encoder = VaeEncoder.open(checkpoint, Device.CPU, settings)) {
            return PreviewFit.weights(encoder);
        }
    }
}
