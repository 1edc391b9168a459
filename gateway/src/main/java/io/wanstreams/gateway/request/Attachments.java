package io.wanstreams.gateway.request;

import io.wanstreams.contracts.bundle.BundleRef;
import org.jspecify.annotations.Nullable;

/**
 * What came with a draft besides its fields. A draft is resolved twice: to judge it, when nothing is stored yet, and with
 * everything stored, to become the request.
 *
 * @param noise stored initial latents, or null
 * @param image the first frame, or null
 * @param lastImage the last frame, or null
 */
public record Attachments(
        @Nullable BundleRef noise,
        @Nullable GivenImage image,
        @Nullable GivenImage lastImage) {

    public static final Attachments NONE = new Attachments(null, null, null);

    @Nullable
    BundleRef storedImage() {
        return image == null ? null : image.stored();
    }

    @Nullable
    BundleRef storedLastImage() {
        return lastImage == null ? null : lastImage.stored();
    }
}
