package io.wanstreams.transport.verify;

import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.StageTurn;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What two folds must agree on.
 *
 * @param phase in lower case; see {@link #NONE} for what is no job yet
 * @param at stage, turn, attempt and checkpoint's step, or a dash where the job is at no stage
 * @param done the stages that are done, in the order in which they counted
 */
record Outline(String phase, String at, List<String> done) {

    static final Outline NONE = new Outline("none", "-", List.of());

    static Outline of(@Nullable Job job) {
        if (job == null) {
            return NONE;
        }
        String phase = job.phase().getClass().getSimpleName().toLowerCase(Locale.ROOT);
        String at = job.phase().stageTurn().map(Outline::at).orElse("-");
        return new Outline(
                phase,
                at,
                job.completed().stream().map(stage -> stage.stage().toString()).toList());
    }

    private static String at(StageTurn at) {
        int step = at.checkpoint() == null ? 0 : at.checkpoint().step();
        return at(at.stage().toString(), at.turn(), at.attempt(), step);
    }

    static String at(String stage, long turn, int attempt, int step) {
        return stage + " turn " + turn + " attempt " + attempt + " step " + step;
    }

    @Override
    public String toString() {
        return phase + " (" + at + ", done " + done + ")";
    }
}
