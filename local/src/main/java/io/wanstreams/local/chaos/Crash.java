package io.wanstreams.local.chaos;

import io.wanstreams.contracts.job.StageName;
import io.wanstreams.transport.crash.CrashPoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A crash point in a stage, one cell of the matrix.
 *
 * @param stage null where the point is a gateway's or the dispatcher's
 */
record Crash(CrashPoint point, @Nullable StageName stage) {

    /** Every cell of the matrix of a route. */
    static List<Crash> all(List<StageName> route) {
        List<Crash> all = new ArrayList<>();
        for (CrashPoint point : CrashPoint.values()) {
            if (point.isAtStage()) {
                point.stages(route).forEach(stage -> all.add(new Crash(point, stage)));
            } else {
                all.add(new Crash(point, null));
            }
        }
        return all;
    }

    /** Whether a dispatcher's, which has no victim of its own: it dies of whatever comes. */
    boolean isDispatchers() {
        return switch (point) {
            case BEFORE_DISPATCH, INSIDE_DISPATCH, AFTER_DISPATCH -> true;
            default -> false;
        };
    }

    /** The place in the grammar of {@code wan.crash.at}, without a job. */
    @Override
    public String toString() {
        return stage == null ? point.toString() : point + "@" + stage;
    }
}
