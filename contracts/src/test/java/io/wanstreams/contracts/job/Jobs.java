package io.wanstreams.contracts.job;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.bundle.TensorEntry;
import io.wanstreams.contracts.request.Fixtures;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A job in each phase, at the same place: stage denoise, turn 20, attempt 2. */
public final class Jobs {

    public static final JobId ID = JobId.parse("01890a5d-ac96-774b-bcce-b302099a8057");
    public static final List<StageName> ROUTE = List.of(StageName.ENCODE, StageName.DENOISE, StageName.DECODE);
    public static final StageName STAGE = StageName.DENOISE;
    public static final long TURN = 20;
    public static final int ATTEMPT = 2;
    public static final long STARTED_OFFSET = 21;
    public static final String WORKER = "host/denoise/1";
    public static final JobError ERROR = new JobError(FailureCode.OUT_OF_MEMORY, "The device is too small.");
    public static final Instant SUBMITTED_AT = Instant.parse("2026-01-02T03:04:05.678Z");

    private Jobs() {}

    /** By name; null where there is no job. */
    public static Map<String, @Nullable Job> inEachPhase() {
        Map<String, @Nullable Job> jobs = new LinkedHashMap<>();
        jobs.put("none", null);
        jobs.put("submitted", in(new Phase.Submitted()));
        jobs.put("waiting", in(new Phase.Waiting(at(null))));
        jobs.put("running", in(running(null)));
        jobs.put("running c3", in(running(new Checkpoint(3, ref("wan.checkpoints")))));
        jobs.put("parked", in(new Phase.Parked(at(null), Duration.ofSeconds(5), ERROR)));
        jobs.put("completed", in(new Phase.Completed()));
        jobs.put("failed", in(new Phase.Failed(ERROR)));
        jobs.put("cancelled", in(new Phase.Cancelled("client")));
        jobs.put("deleted", in(new Phase.Deleted("client")));
        jobs.put("unreadable", in(new Phase.Unreadable("io.wanstreams.job.paused.v1", 19)));
        return jobs;
    }

    public static StageTurn at(@Nullable Checkpoint checkpoint) {
        return new StageTurn(STAGE, TURN, ATTEMPT, checkpoint);
    }

    public static Phase.Running running(@Nullable Checkpoint checkpoint) {
        return new Phase.Running(at(checkpoint), WORKER, environment(), STARTED_OFFSET);
    }

    public static Job in(Phase phase) {
        return new Job(
                ID,
                "default",
                new JobOrigin("http", null, "ab".repeat(32)),
                Fixtures.request(),
                ROUTE,
                List.of(),
                phase,
                SUBMITTED_AT,
                SUBMITTED_AT.plusSeconds(1),
                19);
    }

    public static SortedMap<String, String> environment() {
        return new TreeMap<>(Map.of("device", "cpu"));
    }

    public static BundleRef ref(String topic) {
        return new BundleRef(
                topic,
                "Zm9vYmFy",
                1,
                5,
                7,
                2_000_000,
                3,
                "0f".repeat(32),
                BundleRef.SAFETENSORS,
                List.of(new TensorEntry("latents", "F32", List.of(16L, 3L, 4L, 8L))));
    }
}
