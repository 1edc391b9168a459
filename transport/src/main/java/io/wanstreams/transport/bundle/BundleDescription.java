package io.wanstreams.transport.bundle;

import io.wanstreams.contracts.bundle.ChunkHeaders;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.StageName;

/**
 * What a bundle is, before its bytes.
 *
 * @param topic where it goes: {@code wan.tensors}, {@code wan.checkpoints} or {@code wan.media}
 * @param job whose it is
 * @param stage text of the stage that made it, or {@link ChunkHeaders#REQUEST}
 * @param mediaType for example {@code video/mp4}
 */
public record BundleDescription(String topic, JobId job, String stage, String mediaType) {

    public static BundleDescription of(String topic, JobId job, StageName stage, String mediaType) {
        return new BundleDescription(topic, job, stage.toString(), mediaType);
    }

    /** A bundle that came with a request. */
    public static BundleDescription ofRequest(String topic, JobId job, String mediaType) {
        return new BundleDescription(topic, job, ChunkHeaders.REQUEST, mediaType);
    }
}
