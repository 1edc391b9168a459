package io.wanstreams.gateway;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.JobOrigin;
import io.wanstreams.contracts.job.RecordedEvent;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.contracts.job.StageTimings;
import io.wanstreams.contracts.progress.Heartbeat;
import io.wanstreams.contracts.progress.Preview;
import io.wanstreams.contracts.request.VideoRequest;
import io.wanstreams.gateway.board.JobBoard;
import io.wanstreams.gateway.request.Attachments;
import io.wanstreams.gateway.request.BodyReader;
import io.wanstreams.gateway.request.DraftReader;
import io.wanstreams.gateway.request.Profiles;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** Plays a log of one partition onto a board. */
public final class Jobs {

    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final JobBoard board;
    private final Random random = new Random(1);
    private long next;

    public Jobs(JobBoard board) {
        this.board = board;
    }

    /** A request of 10 steps. */
    public static VideoRequest request() {
        byte[] body = "{\"prompt\":\"a cat\",\"size\":\"320x192\",\"num_inference_steps\":10}"
                .getBytes(StandardCharsets.UTF_8);
        return Profiles.resolver().resolve(DraftReader.read(BodyReader.object(body)), 1, Attachments.NONE);
    }

    public static JobEvent.Submitted submitted() {
        return new JobEvent.Submitted(
                request(), StageName.TWO_EXPERTS, "default", new JobOrigin("http", null, "digest"));
    }

    /** A new job; the events' times are seconds after {@link #START}, by offset. */
    public JobId submit() {
        JobId id = JobId.ofTime(START.toEpochMilli() + next, random);
        apply(id, submitted());
        return id;
    }

    /** Appends an event; its offset is returned. */
    public long apply(JobId id, JobEvent event) {
        long offset = next++;
        board.apply(0, new RecordedEvent(id, offset, START.plusSeconds(offset), event));
        return offset;
    }

    public long admit(JobId id) {
        return apply(id, new JobEvent.Admitted());
    }

    public long start(JobId id, StageName stage, long turn, String worker) {
        return apply(id, new JobEvent.Started(stage, turn, worker, new TreeMap<>()));
    }

    public long complete(JobId id, StageName stage, long turn) {
        return apply(
                id,
                new JobEvent.Completed(
                        stage, turn, StageOutputs.ofText(java.util.Map.of()), new StageTimings(1, 2, 1)));
    }

    /** Starts and completes a stage; the offset of the completion is the next stage's turn. */
    public long pass(JobId id, StageName stage, long turn) {
        start(id, stage, turn, "w");
        return complete(id, stage, turn);
    }

    public static Heartbeat beat(JobId id, StageName stage, long turn, String worker, int step, int of) {
        return new Heartbeat(id, stage, turn, worker, step, of, 1);
    }

    /** The smallest that counts as a JPEG, with its step inside. */
    public static Preview preview(JobId id, StageName stage, long turn, int step, int of) {
        return new Preview(id, stage, turn, step, of, new byte[] {(byte) 0xff, (byte) 0xd8, (byte) step});
    }

    public static BundleRef bundle() {
        return new BundleRef("wan.checkpoints", "t", 0, 0, 0, 1, 1, "0".repeat(64), BundleRef.SAFETENSORS, List.of());
    }
}
