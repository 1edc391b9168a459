package io.wanstreams.transport.verify;

import io.wanstreams.contracts.bundle.BundleRef;
import org.jspecify.annotations.Nullable;

/**
 * How a job stands at the end of the log.
 *
 * @param phase in lower case, for example {@code completed}; {@code none} when it was never submitted
 * @param failure the code of a failed job
 * @param video the reference of a completed job's video
 */
public record Outcome(
        String phase, @Nullable String failure, @Nullable BundleRef video) {

    /** For tallies, for example {@code failed worker_lost}. */
    @Override
    public String toString() {
        return failure == null ? phase : phase + " " + failure;
    }
}
