package io.wanstreams.gateway.intake;

import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.JobOrigin;
import io.wanstreams.gateway.request.RequestDraft;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A draft on its way to become a job.
 *
 * @param id of the job to be
 * @param isNamed whether the client named the id, so that asking again means the same job
 * @param tenant whose job it will be
 * @param origin how it came, with the digest of what was sent
 * @param draft what is asked for
 * @param noise a safetensors file with initial latents, or null
 */
public record Order(
        JobId id,
        boolean isNamed,
        String tenant,
        JobOrigin origin,
        RequestDraft draft,
        @Nullable Path noise) {}
