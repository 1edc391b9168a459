package io.wanstreams.gateway.intake;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.request.Preset;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.gateway.request.GivenImage;
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

/** Images that come with a request: judged by their headers, then stored as they came. Nothing is decoded here. */
final class ImageIntake {

    private final BundleStore bundles;
    private final ImageLimits limits;

    ImageIntake(BundleStore bundles, ImageLimits limits) {
        this.bundles = bundles;
        this.limits = limits;
    }

    /**
     * Reads a header.
     *
     * @param preset decides whether the picture is turned as the camera says
     * @throws RefusedException when the file is not an image that can be used
     */
    GivenImage read(String field, Path file, Preset preset) {
        ImageFile image = open(field, file);
        boolean upright = preset.turnsImagesUpright();
        return new GivenImage(image.width(upright), image.height(upright), null);
    }

    /** Stores the file, which was read before. */
    BundleRef store(JobId job, String field, Path file) throws BundleUnavailableException, InterruptedException {
        String mediaType = open(field, file).format().mediaType();
        try {
            return bundles.write(BundleDescription.ofRequest(Topics.MEDIA, job, mediaType), BundleContent.of(file));
        } catch (IOException e) {
            throw cut(field);
        }
    }

    private ImageFile open(String field, Path file) {
        try {
            if (Files.size(file) > limits.bytes()) {
                throw refused(
                        field, "The image has " + Files.size(file) + " bytes, allowed are " + limits.bytes() + ".");
            }
            return ImageFile.open(Files.readAllBytes(file), limits);
        } catch (BadImageException e) {
            throw refused(field, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw cut(field);
        }
    }

    private static RefusedException cut(String field) {
        return refused(field, field + " could not be received whole; send it again.");
    }

    private static RefusedException refused(String field, String message) {
        return new RefusedException(new Refusal(field, Refusal.INVALID_VALUE, message));
    }
}
