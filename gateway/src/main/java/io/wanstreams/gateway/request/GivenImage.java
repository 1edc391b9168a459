package io.wanstreams.gateway.request;

import io.wanstreams.contracts.bundle.BundleRef;
import org.jspecify.annotations.Nullable;

/**
 * An image that came with a draft.
 *
 * @param width pixels of the picture as it is looked at
 * @param height pixels of the picture as it is looked at
 * @param stored where its bytes lie, as they were sent; null while nothing is stored
 */
public record GivenImage(int width, int height, @Nullable BundleRef stored) {

    public GivenImage {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("an image has pixels, found " + width + "x" + height);
        }
    }

    /** The same image, stored. */
    public GivenImage storedAs(BundleRef bundle) {
        return new GivenImage(width, height, bundle);
    }
}
