package io.wanstreams.transport.crash;

import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.StageName;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a process is to die. Text form: places separated by commas, each {@code <point>[@<stage>][#<job>][:<count>]}, for
 * example {@code at-work@denoise-high:3}: when the point is reached in that stage, by that job, for that time. What is
 * left out fits all; without a count it is the first time. A place with a job and without a count kills every process that
 * takes the job up: a poisonous job.
 */
final class CrashPlan {

    private static final Pattern FORM = Pattern.compile(
            "(?<point>[a-z-]+)(@(?<stage>[a-z-]+))?(#(?<job>[0-9a-f-]+))?(:(?<count>[1-9][0-9]{0,8}))?");

    private record Place(
            String text,
            CrashPoint point,
            @Nullable StageName stage,
            @Nullable JobId job,
            int count,
            AtomicInteger times) {

        boolean isMeant(CrashPoint here, @Nullable StageName at, JobId with) {
            return point == here && (stage == null || stage == at) && (job == null || job.equals(with));
        }
    }

    private final List<Place> places;

    private CrashPlan(List<Place> places) {
        this.places = places;
    }

    /**
     * Reads the text form; empty text is a plan without places.
     *
     * @throws IllegalArgumentException in one sentence naming the place that is not understood
     */
    static CrashPlan parse(String text) {
        return new CrashPlan(Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(place -> !place.isEmpty())
                .map(CrashPlan::place)
                .toList());
    }

    private static Place place(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    CrashPoint.PROPERTY + " names '" + text + "', expected <point>[@<stage>][#<job>][:<count>]");
        }
        CrashPoint point = CrashPoint.parse(form.group("point"));
        StageName stage = form.group("stage") == null ? null : StageName.parse(form.group("stage"));
        if (stage != null && !point.isAtStage()) {
            throw new IllegalArgumentException(
                    CrashPoint.PROPERTY + " names stage " + stage + " at " + point + ", which is at no stage");
        }
        JobId job = form.group("job") == null ? null : JobId.parse(form.group("job"));
        int count = form.group("count") == null ? 1 : Integer.parseInt(form.group("count"));
        return new Place(text, point, stage, job, count, new AtomicInteger());
    }

    /** Whether the process is to die now; counts. */
    boolean isDue(CrashPoint here, @Nullable StageName at, JobId with) {
        return due(here, at, with) != null;
    }

    void reached(CrashPoint here, @Nullable StageName at, JobId with) {
        String place = due(here, at, with);
        if (place != null) {
            sayWhere(place);
            // No hook, no close, no flush: as if the machine had gone. The exit code says that it was meant.
            Runtime.getRuntime().halt(CrashPoint.EXIT_CODE);
        }
    }

    private @Nullable String due(CrashPoint here, @Nullable StageName at, JobId with) {
        String due = null;
        for (Place place : places) {
            if (place.isMeant(here, at, with) && place.times().incrementAndGet() == place.count()) {
                due = place.text();
            }
        }
        return due;
    }

    /** For whoever made the plan: which of its places it was. */
    @SuppressWarnings("SystemOut")
    private static void sayWhere(String place) {
        System.err.println(CrashPoint.PROPERTY + " " + place);
    }
}
