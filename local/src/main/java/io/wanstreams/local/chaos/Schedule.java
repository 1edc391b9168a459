package io.wanstreams.local.chaos;

import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.local.chaos.Act.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * All that happens in a run: a pure function of seed, length, number of jobs and route.
 *
 * @param jobs what is asked for
 * @param sweeps jobs that are asked for in the end, round by round, where crash points are left that all of those have missed
 * @param victims for each crash point and stage, the jobs that it is bound to: no job has two in one stage
 * @param acts what happens, by time
 */
record Schedule(List<PlannedJob> jobs, List<List<PlannedJob>> sweeps, Map<Crash, List<JobId>> victims, List<Act> acts) {

    private static final int SWEEPS = 4;

    /** One poisoned job, and one more for each so many. */
    private static final int JOBS_PER_POISON = 25;

    private static final double REPEATED = 0.3;
    private static final double CANCELLED = 0.1;
    private static final double AS_EVENTS = 0.25;

    private static final List<Fault> FAULTS = List.of(Fault.DELAY, Fault.DROP, Fault.RESET, Fault.BLACK_HOLE);

    Schedule {
        jobs = List.copyOf(jobs);
        sweeps = sweeps.stream().map(List::copyOf).toList();
        victims = Collections.unmodifiableMap(new LinkedHashMap<>(victims));
        acts = List.copyOf(acts);
    }

    static Schedule of(long seed, Duration length, int jobs, List<StageName> route) {
        return new Maker(seed, length, route).make(jobs);
    }

    private static final class Maker {

        private final Random random;
        private final long seed;
        private final long lengthMillis;
        private final List<StageName> route;
        private final List<Act> acts = new ArrayList<>();

        Maker(long seed, Duration length, List<StageName> route) {
            this.random = new Random(seed);
            this.seed = seed;
            this.lengthMillis = length.toMillis();
            this.route = route;
        }

        Schedule make(int number) {
            List<PlannedJob> jobs = jobs(number);
            for (int job = 0; job < number; job++) {
                life(job, jobs.get(job));
            }
            List<Member> members = Member.of(route);
            int rounds = (int) Math.max(1, Math.round(lengthMillis / 90_000.0));
            for (int round = 0; round < rounds; round++) {
                for (Member member : members) {
                    hit(member, round);
                }
                acts.add(new Act.StopBroker(within(round, rounds), round % 2 == 0, seconds(1, 6)));
                for (int line = 0; line < Member.LINES; line++) {
                    disturb(line, within(round, rounds));
                }
            }
            acts.sort(Comparator.comparing(Act::at));
            Map<Crash, List<JobId>> victims = victims(jobs);
            List<List<PlannedJob>> sweeps = new ArrayList<>();
            for (int round = 0; round < SWEEPS; round++) {
                sweeps.add(sweep(round, victims));
            }
            return new Schedule(jobs, sweeps, victims, acts);
        }

        /** As many jobs as a stage has crash points, each bound to another one in every stage, and at the gateways. */
        private List<PlannedJob> sweep(int round, Map<Crash, List<JobId>> victims) {
            Map<Optional<StageName>, Integer> cells = new HashMap<>();
            List<PlannedJob> jobs = new ArrayList<>();
            victims.forEach((crash, bound) -> {
                if (!crash.isDispatchers()) {
                    int cell = cells.merge(Optional.ofNullable(crash.stage()), 1, Integer::sum) - 1;
                    if (cell == jobs.size()) {
                        String key = "chaos-" + seed + "-sweep-" + round + "-" + cell;
                        jobs.add(new PlannedJob(key, false, cell % Member.GATEWAYS, null, cell));
                    }
                    bound.add(jobs.get(cell).id());
                }
            });
            return jobs;
        }

        private List<PlannedJob> jobs(int number) {
            List<StageName> computing =
                    route.stream().filter(stage -> stage != StageName.PROMPT).toList();
            int poisoned = 1 + number / JOBS_PER_POISON;
            List<PlannedJob> jobs = new ArrayList<>();
            for (int job = 0; job < number; job++) {
                // Early, so that there is time for all attempts.
                boolean poison = job % JOBS_PER_POISON == 2 && job / JOBS_PER_POISON < poisoned;
                StageName stage = computing.get(random.nextInt(computing.size()));
                jobs.add(new PlannedJob(
                        "chaos-" + seed + "-" + job,
                        random.nextDouble() < AS_EVENTS,
                        random.nextInt(Member.GATEWAYS),
                        poison ? stage : null,
                        random.nextInt(1_000_000)));
            }
            return jobs;
        }

        /** A client comes in the first four fifths, repeats himself or changes his mind. */
        private void life(int job, PlannedJob planned) {
            Duration at = Duration.ofMillis((long) (random.nextDouble() * lengthMillis * 0.8));
            acts.add(new Act.Submit(at, job));
            if (random.nextDouble() < REPEATED) {
                acts.add(new Act.Repeat(at.plus(seconds(0, 5)), job));
            }
            if (random.nextDouble() < CANCELLED && planned.poisonedAt() == null) {
                acts.add(new Act.Cancel(at.plus(seconds(1, 10)), job));
            }
        }

        /** Each process is killed once at least, and after that hangs or stops in good order as well. */
        private void hit(Member member, int round) {
            Duration at = Duration.ofMillis((long) ((0.05 + 0.9 * random.nextDouble()) * lengthMillis));
            int kind = (round + member.number()) % 3;
            if (kind == 1) {
                acts.add(new Act.Hang(at, member.name(), seconds(12, 18)));
            } else if (kind == 2) {
                acts.add(new Act.Stop(at, member.name()));
            } else {
                acts.add(new Act.Kill(at, member.name()));
            }
        }

        private void disturb(int line, Duration at) {
            Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
            Duration length = switch (fault) {
                case DELAY -> seconds(4, 10);
                case DROP -> seconds(1, 4);
                case RESET -> Duration.ZERO;
                case BLACK_HOLE -> seconds(3, 12);
            };
            acts.add(new Act.Disturb(at, line, fault, length));
        }

        /** Crash points take turns with the jobs, from another one on in each stage. */
        private Map<Crash, List<JobId>> victims(List<PlannedJob> jobs) {
            Map<Crash, List<JobId>> victims = new LinkedHashMap<>();
            Crash.all(route).forEach(crash -> victims.put(crash, new ArrayList<>()));
            for (StageName stage : route) {
                List<Crash> here = victims.keySet().stream()
                        .filter(crash -> crash.stage() == stage)
                        .toList();
                int first = random.nextInt(here.size());
                for (int job = 0; job < jobs.size(); job++) {
                    if (jobs.get(job).poisonedAt() == null) {
                        victims.getOrDefault(here.get((job + first) % here.size()), new ArrayList<>())
                                .add(jobs.get(job).id());
                    }
                }
            }
            victims.keySet().stream()
                    .filter(crash -> crash.stage() == null && !crash.isDispatchers())
                    .forEach(crash -> jobs.forEach(job ->
                            victims.getOrDefault(crash, new ArrayList<>()).add(job.id())));
            return victims;
        }

        private Duration within(int round, int rounds) {
            double share = (round + 0.15 + 0.7 * random.nextDouble()) / rounds;
            return Duration.ofMillis((long) (share * lengthMillis));
        }

        private Duration seconds(int least, int most) {
            return Duration.ofMillis(1000L * least + random.nextInt(1000 * (most - least) + 1));
        }
    }
}
