package io.wanstreams.inference.transformer;

import io.wanstreams.inference.checkpoint.Precision;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;

/**
 * How a transformer computes.
 *
 * @param precision of its large layers
 * @param textCacheBytes what may be kept of texts between passes on a processor: keys and values that cross-attention
 *     makes of the texts with and without the prompt, which are the same in every step. Where both do not fit they are
 *     made anew in each pass; 0 for never. GPUs make them anew: that is faster than to send them there.
 */
public record TransformerSetup(Precision precision, Device device, SessionSettings sessions, long textCacheBytes) {
    public TransformerSetup {
        if (textCacheBytes < 0) {
            throw new IllegalArgumentException("A cache has 0 bytes or more, not " + textCacheBytes + ".");
        }
    }

    /** In F32, nothing kept between passes. */
    public static TransformerSetup floats(Device device, SessionSettings sessions) {
        return new TransformerSetup(Precision.FP32, device, sessions, 0);
    }

    public TransformerSetup on(Device other) {
        return new TransformerSetup(precision, other, sessions, textCacheBytes);
    }

    public TransformerSetup precision(Precision other) {
        return new TransformerSetup(other, device, sessions, textCacheBytes);
    }

    public TransformerSetup textCacheBytes(long bytes) {
        return new TransformerSetup(precision, device, sessions, bytes);
    }
}
