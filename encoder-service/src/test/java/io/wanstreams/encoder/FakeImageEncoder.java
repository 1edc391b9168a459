package io.wanstreams.encoder;

import io.wanstreams.contracts.request.VideoRequest;
import io.wanstreams.images.BadImageException;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.tensors.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes of the files whatever a test wants. */
record FakeImageEncoder(Making making) implements ImageEncoder {

    @FunctionalInterface
    interface Making {
        Map<String, Tensor> of(byte[] image, byte @Nullable [] lastImage) throws BadImageException;
    }

    @Override
    public int limitBytes() {
        return 1000;
    }

    @Override
    public Map<String, Tensor> encode(
            VideoRequest request, byte[] image, byte @Nullable [] lastImage, Cancellation cancellation)
            throws BadImageException {
        return making.of(image, lastImage);
    }
}
