package io.wanstreams.gateway.intake;

import io.wanstreams.gateway.net.Download;
import io.wanstreams.gateway.net.OutboundException;
import io.wanstreams.gateway.request.ImageReference;
import io.wanstreams.gateway.request.Refusal;
import io.wanstreams.gateway.request.RefusedException;
import java.time.Duration;

/** Gets the image that an URL stands for. Blocks. */
@FunctionalInterface
public interface ImageFetch {

    /**
     * The bytes.
     *
     * @param limitBytes most bytes
     * @throws RefusedException in one sentence that does not repeat the URL, when they cannot be had
     */
    byte[] get(ImageReference reference, long limitBytes);

    /** Fetches nothing, as the operator wants it. */
    static ImageFetch nothing() {
        return (reference, limitBytes) -> {
            throw new RefusedException(
                    new Refusal(
                            reference.field(),
                            Refusal.UNSUPPORTED,
                            "Images are not fetched here (wan.gateway.images.fetch is off): send the image as a file or data URL."));
        };
    }

    /** Over HTTP, from public addresses. */
    static ImageFetch over(Download download, Duration timeout) {
        return (reference, limitBytes) -> {
            try {
                return download.get(reference.imageUrl(), limitBytes, timeout)
                        .await()
                        .indefinitely()
                        .body();
            } catch (OutboundException e) {
                throw new RefusedException(new Refusal(
                        reference.field(),
                        Refusal.INVALID_REFERENCE,
                        "The image of " + reference.field() + " cannot be fetched: " + e.getMessage() + "."));
            }
        };
    }
}
