package io.wanstreams.contracts.job;

import io.wanstreams.contracts.request.Fixtures;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** An event of each kind about the place where {@link Jobs} stand, and its variants about another. */
public final class Events {

    private static final long OTHER_TURN = Jobs.TURN - 1;
    private static final StageName OTHER_STAGE = StageName.ENCODE;
    private static final StageTimings TIMINGS = new StageTimings(12, 3400, 3000);

    private Events() {}

    /** By name: one of each kind. */
    public static Map<String, JobEvent> ofEachKind() {
        Map<String, JobEvent> events = new LinkedHashMap<>();
        events.put(
                "submitted",
                new JobEvent.Submitted(
                        Fixtures.request(), Jobs.ROUTE, "default", new JobOrigin("http", null, "ab".repeat(32))));
        events.put("admitted", new JobEvent.Admitted());
        events.put("started", started(Jobs.STAGE, Jobs.TURN));
        events.put("checkpointed 4", checkpointed(Jobs.STAGE, Jobs.TURN, 4));
        events.put("completed", completed(Jobs.STAGE, Jobs.TURN));
        events.put("failed", failed(Jobs.STAGE, Jobs.TURN));
        events.put("yielded", new JobEvent.Yielded(Jobs.STAGE, Jobs.TURN));
        events.put("requeued", requeued(Jobs.STAGE, Jobs.TURN));
        events.put("job failed", jobFailed(Jobs.TURN, Jobs.ATTEMPT));
        events.put("cancelled", new JobEvent.Cancelled("client"));
        events.put("deleted", new JobEvent.Deleted("client"));
        return events;
    }

    /** By name: what differs in the turn, the stage, the attempt or the step, and what nobody knows. */
    static Map<String, JobEvent> others() {
        Map<String, JobEvent> events = new LinkedHashMap<>();
        events.put("started, other turn", started(Jobs.STAGE, OTHER_TURN));
        events.put("started, other stage", started(OTHER_STAGE, Jobs.TURN));
        events.put("checkpointed 3", checkpointed(Jobs.STAGE, Jobs.TURN, 3));
        events.put("checkpointed 2", checkpointed(Jobs.STAGE, Jobs.TURN, 2));
        events.put("checkpointed 0", checkpointed(Jobs.STAGE, Jobs.TURN, 0));
        events.put("checkpointed 4, other turn", checkpointed(Jobs.STAGE, OTHER_TURN, 4));
        events.put("checkpointed 4, other stage", checkpointed(OTHER_STAGE, Jobs.TURN, 4));
        events.put("completed, other turn", completed(Jobs.STAGE, OTHER_TURN));
        events.put("completed, other stage", completed(OTHER_STAGE, Jobs.TURN));
        events.put("failed, other turn", failed(Jobs.STAGE, OTHER_TURN));
        events.put("failed, other stage", failed(OTHER_STAGE, Jobs.TURN));
        events.put("yielded, other turn", new JobEvent.Yielded(Jobs.STAGE, OTHER_TURN));
        events.put("yielded, other stage", new JobEvent.Yielded(OTHER_STAGE, Jobs.TURN));
        events.put("requeued, other turn", requeued(Jobs.STAGE, OTHER_TURN));
        events.put("requeued, other stage", requeued(OTHER_STAGE, Jobs.TURN));
        events.put("job failed, other turn", jobFailed(OTHER_TURN, Jobs.ATTEMPT));
        events.put("job failed, other attempt", jobFailed(Jobs.TURN, Jobs.ATTEMPT - 1));
        events.put("unknown", new JobEvent.Unknown("io.wanstreams.job.paused.v1", null));
        return events;
    }

    private static JobEvent started(StageName stage, long turn) {
        return new JobEvent.Started(stage, turn, "host/denoise/2", Jobs.environment());
    }

    private static JobEvent checkpointed(StageName stage, long turn, int step) {
        return new JobEvent.Checkpointed(stage, turn, step, Jobs.ref("wan.checkpoints"));
    }

    private static JobEvent completed(StageName stage, long turn) {
        StageOutputs outputs = new StageOutputs(
                new java.util.TreeMap<>(Map.of(StageOutputs.PROMPT, "a red ball")),
                new java.util.TreeMap<>(Map.of(StageOutputs.LATENTS, Jobs.ref("wan.tensors"))));
        return new JobEvent.Completed(stage, turn, outputs, TIMINGS);
    }

    private static JobEvent failed(StageName stage, long turn) {
        return new JobEvent.Failed(stage, turn, Jobs.ERROR, Duration.ofSeconds(30));
    }

    private static JobEvent requeued(StageName stage, long turn) {
        return new JobEvent.Requeued(stage, turn, RequeueReason.WORKER_LOST);
    }

    private static JobEvent jobFailed(long turn, int attempt) {
        return new JobEvent.JobFailed(turn, attempt, Jobs.ERROR);
    }
}
