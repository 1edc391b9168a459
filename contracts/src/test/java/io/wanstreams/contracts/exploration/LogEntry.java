package io.wanstreams.contracts.exploration;

import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.contracts.job.JobError;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobOrigin;
import io.wanstreams.contracts.job.RequeueReason;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.contracts.job.StageTimings;
import io.wanstreams.contracts.request.Fixtures;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An event small enough to count with: its kind and the few numbers that tell it from others.
 *
 * @param stage index in {@link #ROUTE}
 * @param turn which wait it is about
 * @param attempt the attempt its writer saw
 * @param worker who wrote it, 0 for others than workers
 */
record LogEntry(Kind kind, int stage, int turn, int attempt, int worker) {

    static final List<StageName> ROUTE = List.of(StageName.ENCODE, StageName.DECODE);

    enum Kind {
        SUBMITTED,
        ADMITTED,
        STARTED,
        COMPLETED,
        FAILED,
        YIELDED,
        REQUEUED,
        JOB_FAILED,
        CANCELLED
    }

    static LogEntry of(Kind kind) {
        return new LogEntry(kind, 0, 0, 0, 0);
    }

    /** Below 2^16 and never 0. */
    @SuppressWarnings("EnumOrdinal") // packed numbers do not outlive the test
    int pack() {
        return 1 + (kind.ordinal() | stage << 4 | turn << 5 | attempt << 10 | worker << 13);
    }

    @SuppressWarnings("EnumOrdinal")
    static LogEntry unpack(int packed) {
        int bits = packed - 1;
        return new LogEntry(Kind.values()[bits & 15], bits >> 4 & 1, bits >> 5 & 31, bits >> 10 & 7, bits >> 13 & 3);
    }

    /** Index of the stage that waits from this event on; a ticket for it is written with the event. -1 for none. */
    int ticketStage() {
        return switch (kind) {
            case ADMITTED -> 0;
            case REQUEUED -> stage;
            case COMPLETED -> stage + 1 < ROUTE.size() ? stage + 1 : -1;
            default -> -1;
        };
    }

    JobEvent event() {
        StageName name = ROUTE.get(stage);
        JobError error = new JobError(FailureCode.STAGE_FAILED, "explored");
        return switch (kind) {
            case SUBMITTED ->
                new JobEvent.Submitted(Fixtures.request(), ROUTE, "default", new JobOrigin("http", null, ""));
            case ADMITTED -> new JobEvent.Admitted();
            case STARTED -> new JobEvent.Started(name, turn, "worker-" + worker, new TreeMap<>());
            case COMPLETED ->
                new JobEvent.Completed(name, turn, StageOutputs.ofText(Map.of()), new StageTimings(0, 0, 0));
            case FAILED -> new JobEvent.Failed(name, turn, error, Duration.ZERO);
            case YIELDED -> new JobEvent.Yielded(name, turn);
            case REQUEUED -> new JobEvent.Requeued(name, turn, RequeueReason.RETRY);
            case JOB_FAILED -> new JobEvent.JobFailed(turn, attempt, error);
            case CANCELLED -> new JobEvent.Cancelled("client");
        };
    }
}
