package io.wanstreams.gateway.intake;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.gateway.request.ImageReference;
import io.wanstreams.gateway.request.Refusal;
import io.wanstreams.gateway.request.RefusedException;
import io.wanstreams.images.BadImageException;
import io.wanstreams.images.ImageFile;
import io.wanstreams.images.ImageLimits;
import io.wanstreams.transport.bundle.BundleContent;
import io.wanstreams.transport.bundle.BundleDescription;
import io.wanstreams.transport.bundle.BundleStore;
import io.wanstreams.transport.bundle.BundleUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Images that come with a request, as files, in data URLs or behind URLs: judged by their headers, then stored as they came.
 * Nothing is decoded here. Blocks.
 */
final class ImageIntake {

    private final BundleStore bundles;
    private final ImageLimits limits;
    private final ImageFetch fetch;

    ImageIntake(BundleStore bundles, ImageLimits limits, ImageFetch fetch) {
        this.bundles = bundles;
        this.limits = limits;
        this.fetch = fetch;
    }

    /**
     * Takes an image in, or nothing where none was sent.
     *
     * @param field of its file
     * @param file or null
     * @param reference or null
     * @throws RefusedException when it cannot be had or used
     */
    @Nullable
    ReceivedImage receive(String field, @Nullable Path file, @Nullable ImageReference reference) {
        if (file != null && reference != null) {
            throw refused(
                    reference.field(), "The image came as a file and as " + reference.field() + "; send one of them.");
        }
        if (reference != null) {
            return judged(
                    reference.field(),
                    reference.isData()
                            ? DataUrl.bytes(reference, limits.bytes())
                            : fetch.get(reference, limits.bytes()));
        }
        return file == null ? null : judged(field, bytes(field, file));
    }

    /** Stores the image. */
    BundleRef store(JobId job, ReceivedImage image) throws BundleUnavailableException, InterruptedException {
        String mediaType = image.file().format().mediaType();
        return bundles.write(
                BundleDescription.ofRequest(Topics.MEDIA, job, mediaType), BundleContent.of(image.bytes()));
    }

    private ReceivedImage judged(String field, byte[] bytes) {
        try {
            return new ReceivedImage(ImageFile.open(bytes, limits), bytes);
        } catch (BadImageException e) {
            throw refused(field, String.valueOf(e.getMessage()));
        }
    }

    private byte[] bytes(String field, Path file) {
        try {
            long length = Files.size(file);
            if (length > limits.bytes()) {
                throw refused(field, "The image has " + length + " bytes, allowed are " + limits.bytes() + ".");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw refused(field, field + " could not be received whole; send it again.");
        }
    }

    private static RefusedException refused(String field, String message) {
        return new RefusedException(new Refusal(field, Refusal.INVALID_VALUE, message));
    }
}
