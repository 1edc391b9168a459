package io.wanstreams.encoder;

import io.wanstreams.contracts.request.VideoRequest;
import io.wanstreams.images.BadImageException;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.tensors.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From the images of a request to what the transformer reads of them. For one thread at a time. */
interface ImageEncoder {

    /** Most bytes of an image's file. */
    int limitBytes();

    /**
     * Encodes.
     *
     * @param image the first frame's file
     * @param lastImage the last frame's file, or null
     * @return tensors of the conditioning, by name
     * @throws BadImageException in one sentence
     */
    Map<String, Tensor> encode(
            VideoRequest request, byte[] image, byte @Nullable [] lastImage, Cancellation cancellation)
            throws BadImageException;
}
