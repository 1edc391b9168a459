package io.wanstreams.gateway.intake;

import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.JobOrigin;
import io.wanstreams.contracts.job.VariantOf;
import io.wanstreams.contracts.request.VideoRequest;
import org.jspecify.annotations.Nullable;

/**
 * On its way to become a job.
 *
 * @param id of the job to be
 * @param isNamed whether the client named the id, so that asking again means the same job
 * @param tenant whose job it will be
 * @param origin how it came, with the digest of what was sent
 * @param wish what is asked for
 */
public record Order(JobId id, boolean isNamed, String tenant, JobOrigin origin, Wish wish) {

    /** The same order with a callback, or without one for null. */
    Order calling(@Nullable String url) {
        return new Order(id, isNamed, tenant, origin.calling(url), wish);
    }

    /** The order for another video of the same request, whose seed is as many numbers later as its own number. */
    Order variant(VideoRequest first, int number, int count) {
        VariantOf which = new VariantOf(id, number, count);
        long seed = (first.denoise().seed() + number - 1) & Long.MAX_VALUE;
        return new Order(
                JobId.ofVariant(id, number), isNamed, tenant, origin.as(which), new Wish.Derived(first.withSeed(seed)));
    }

    /** The same order as the first of several. */
    Order first(int count) {
        return count == 1 ? this : new Order(id, isNamed, tenant, origin.as(new VariantOf(id, 1, count)), wish);
    }
}
