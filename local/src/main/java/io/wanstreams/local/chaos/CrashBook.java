package io.wanstreams.local.chaos;

import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.transport.crash.CrashPoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which crash points have been hit, and what a process that starts is told to die of: everything that is its to hit and has not been,
 * and the poisoned jobs of its stage, always. Thread-safe.
 */
final class CrashBook {

    /** In the middle of a stage rather than at its first report. */
    private static final int STEP_AT_WORK = 2;

    /** A dispatcher does some of its work first. */
    private static final int DISPATCHES_BEFORE = 4;

    private static final Pattern PLACE =
            Pattern.compile(".*" + Pattern.quote(CrashPoint.PROPERTY) + " ([a-z-]+)(@([a-z-]+))?(#([0-9a-f-]+))?.*");

    private final Map<Crash, List<JobId>> victims = new LinkedHashMap<>();
    private final Map<Crash, Integer> hits = new LinkedHashMap<>();
    private final Map<JobId, StageName> poisoned = new LinkedHashMap<>();
    private final Map<JobId, Integer> poisonings = new LinkedHashMap<>();

    CrashBook(Schedule schedule) {
        schedule.victims().forEach((crash, jobs) -> {
            victims.put(crash, new ArrayList<>(jobs));
            hits.put(crash, 0);
        });
        schedule.jobs().forEach(job -> {
            if (job.poisonedAt() != null) {
                poisoned.put(job.id(), job.poisonedAt());
                poisonings.put(job.id(), 0);
            }
        });
    }

    /** The value of {@code wan.crash.at} for a process that starts now. */
    synchronized String planOf(Member member) {
        List<String> places = new ArrayList<>();
        hits.forEach((crash, number) -> {
            if (number == 0 && isFor(crash, member)) {
                places.addAll(places(crash));
            }
        });
        poisoned.forEach((job, stage) -> {
            if (stage == member.stage()) {
                places.add(new Crash(CrashPoint.AT_WORK, stage) + "#" + job);
            }
        });
        return String.join(",", places);
    }

    /** Reads the last words of a process that died at a crash point: the last line of them that names a place. */
    synchronized Optional<Crash> hit(String lastWords) {
        Matcher place = PLACE.matcher(
                lastWords.lines().filter(line -> PLACE.matcher(line).matches()).reduce("", (before, line) -> line));
        if (!place.matches()) {
            return Optional.empty();
        }
        if (place.group(5) != null && poisoned.containsKey(JobId.parse(place.group(5)))) {
            poisonings.merge(JobId.parse(place.group(5)), 1, Integer::sum);
            return Optional.empty();
        }
        StageName stage = place.group(3) == null ? null : StageName.parse(place.group(3));
        Crash crash = new Crash(CrashPoint.parse(place.group(1)), stage);
        hits.merge(crash, 1, Integer::sum);
        return Optional.of(crash);
    }

    /** What nobody has died of yet. */
    synchronized List<Crash> missing() {
        return hits.entrySet().stream()
                .filter(hit -> hit.getValue() == 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Which of these jobs are bound to something that nobody has died of yet; all of them where only a dispatcher is left to die. */
    synchronized List<PlannedJob> needed(List<PlannedJob> jobs) {
        List<Crash> missing = missing();
        if (!missing.isEmpty() && missing.stream().allMatch(Crash::isDispatchers)) {
            return jobs;
        }
        return jobs.stream()
                .filter(job -> missing.stream()
                        .anyMatch(
                                crash -> victims.getOrDefault(crash, List.of()).contains(job.id())))
                .toList();
    }

    synchronized int hits(Crash crash) {
        return hits.getOrDefault(crash, 0);
    }

    /** The poisoned jobs, and how many processes died of each. */
    synchronized Map<JobId, Integer> poisonings() {
        return new LinkedHashMap<>(poisonings);
    }

    private List<String> places(Crash crash) {
        if (crash.isDispatchers()) {
            return List.of(crash + ":" + DISPATCHES_BEFORE);
        }
        StageName stage = crash.stage();
        boolean later = crash.point() == CrashPoint.AT_WORK && stage != null && stage.isDenoise();
        Collection<JobId> jobs = victims.getOrDefault(crash, List.of());
        return jobs.stream()
                .map(job -> crash + "#" + job + (later ? ":" + STEP_AT_WORK : ""))
                .toList();
    }

    /** The two gateways do not die of the same submission. */
    private static boolean isFor(Crash crash, Member member) {
        return switch (crash.point()) {
            case BEFORE_SUBMIT -> member.isGateway() && member.number() == 0;
            case AFTER_SUBMIT -> member.isGateway() && member.number() == 1;
            case BEFORE_DISPATCH, INSIDE_DISPATCH, AFTER_DISPATCH -> member.isGateway();
            default -> crash.stage() == member.stage();
        };
    }
}
