package io.wanstreams.gateway.intake;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.request.VideoRequest;
import io.wanstreams.gateway.request.Attachments;
import io.wanstreams.gateway.request.GivenImage;
import io.wanstreams.gateway.request.RequestDraft;
import io.wanstreams.gateway.request.RequestResolver;
import io.wanstreams.transport.bundle.BundleStore;
import io.wanstreams.transport.bundle.BundleUnavailableException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** From a wish with files or images to the request that is submitted: all of them received, judged and stored. Blocks. */
final class Preparation {

    private final RequestResolver resolver;
    private final NoiseIntake noise;
    private final ImageIntake images;

    Preparation(RequestResolver resolver, BundleStore bundles, SubmitSettings settings, ImageFetch fetch) {
        this.resolver = resolver;
        this.noise = new NoiseIntake(bundles, settings.noiseLimitBytes());
        this.images = new ImageIntake(bundles, settings.images(), fetch);
    }

    /** Whether there is anything to receive. */
    static boolean isNeeded(Wish.Fresh fresh) {
        return !fresh.uploads().files().isEmpty()
                || fresh.draft().inputReference() != null
                || fresh.draft().lastImage() != null;
    }

    /**
     * Prepares. Nothing is fetched for a draft that is wrong whatever the image, and nothing is stored for one that is
     * wrong with it.
     *
     * @param room told how many bytes are about to be stored; refuses when that is too much
     * @throws io.wanstreams.gateway.request.RefusedException when the draft, a file or an image is not valid
     */
    VideoRequest prepare(JobId job, Wish.Fresh fresh, long seed, LongConsumer room)
            throws BundleUnavailableException, InterruptedException {
        RequestDraft draft = fresh.draft();
        Path noiseFile = file(fresh, Uploads.NOISE);
        Path firstFile = file(fresh, Uploads.IMAGE);
        Path lastFile = file(fresh, Uploads.LAST_IMAGE);
        resolver.checkImages(
                draft,
                firstFile != null || draft.inputReference() != null,
                lastFile != null || draft.lastImage() != null);
        ReceivedImage first = images.receive(Uploads.IMAGE, firstFile, draft.inputReference());
        ReceivedImage last = images.receive(Uploads.LAST_IMAGE, lastFile, draft.lastImage());
        room.accept((noiseFile == null ? 0 : noiseFile.toFile().length()) + length(first) + length(last));
        VideoRequest request =
                resolver.resolve(draft, seed, new Attachments(null, given(draft, first), given(draft, last)));
        BundleRef storedNoise =
                noiseFile == null ? null : noise.store(job, noiseFile, resolver.model(request.model()), request);
        return resolver.resolve(
                draft, seed, new Attachments(storedNoise, stored(job, draft, first), stored(job, draft, last)));
    }

    private @Nullable GivenImage given(RequestDraft draft, @Nullable ReceivedImage image) {
        return image == null ? null : image.given(resolver.preset(draft));
    }

    private @Nullable GivenImage stored(JobId job, RequestDraft draft, @Nullable ReceivedImage image)
            throws BundleUnavailableException, InterruptedException {
        return image == null ? null : image.given(resolver.preset(draft)).storedAs(images.store(job, image));
    }

    private static @Nullable Path file(Wish.Fresh fresh, String field) {
        return fresh.uploads().file(field).orElse(null);
    }

    private static long length(@Nullable ReceivedImage image) {
        return image == null ? 0 : image.bytes().length;
    }
}
