package io.wanstreams.contracts.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each event, and its variants about another turn, stage, attempt or step, meets a job in each phase. */
class JobFoldTest {

    private static final long OFFSET = 100;
    private static final Instant TIME = Jobs.SUBMITTED_AT.plusSeconds(60);

    /** Event, phase it meets, phase after: all that fits (docs/protocol.md). What is not here changes nothing. */
    private static final String FITS = """
            submitted                 | none       | submitted
            admitted                  | submitted  | waiting encode@100 #1
            started                   | waiting    | running denoise@20 #2
            checkpointed 4            | running    | running denoise@20 #1 c4
            checkpointed 3            | running    | running denoise@20 #1 c3
            checkpointed 2            | running    | running denoise@20 #1 c2
            checkpointed 4            | running c3 | running denoise@20 #1 c4
            completed                 | running    | waiting decode@100 #1
            completed                 | running c3 | waiting decode@100 #1
            failed                    | running    | parked denoise@20 #3
            failed                    | running c3 | parked denoise@20 #3 c3
            yielded                   | running    | parked denoise@20 #2
            yielded                   | running c3 | parked denoise@20 #2 c3
            requeued                  | waiting    | waiting denoise@100 #2
            requeued                  | running    | waiting denoise@100 #3
            requeued                  | running c3 | waiting denoise@100 #3 c3
            requeued                  | parked     | waiting denoise@100 #2
            job failed                | submitted  | failed
            job failed                | waiting    | failed
            job failed                | running    | failed
            job failed                | running c3 | failed
            job failed                | parked     | failed
            job failed, other turn    | submitted  | failed
            job failed, other attempt | submitted  | failed
            cancelled                 | submitted  | cancelled
            cancelled                 | waiting    | cancelled
            cancelled                 | running    | cancelled
            cancelled                 | running c3 | cancelled
            cancelled                 | parked     | cancelled
            deleted                   | completed  | deleted
            deleted                   | failed     | deleted
            deleted                   | cancelled  | deleted
            unknown                   | submitted  | unreadable
            unknown                   | waiting    | unreadable
            unknown                   | running    | unreadable
            unknown                   | running c3 | unreadable
            unknown                   | parked     | unreadable
            unknown                   | completed  | unreadable
            unknown                   | failed     | unreadable
            unknown                   | cancelled  | unreadable
            """;

    static Stream<String> events() {
        return allEvents().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("events")
    void meetsEachPhase(String name) {
        JobEvent event = Objects.requireNonNull(allEvents().get(name));
        Map<String, String> fits = fits();
        Jobs.inEachPhase().forEach((phase, job) -> {
            Job after = JobFold.apply(job, recorded(event));
            String expected = fits.get(name + " | " + phase);
            if (expected == null) {
                assertThat(after).as("%s meets %s", name, phase).isSameAs(job);
            } else {
                assertThat(describe(after)).as("%s meets %s", name, phase).isEqualTo(expected);
            }
        });
    }

    @Test
    void theTableNamesOnlyWhatExists() {
        assertThat(fits().keySet()).allSatisfy(row -> {
            String[] cells = row.split(" \\| ", -1);
            assertThat(allEvents()).containsKey(cells[0]);
            assertThat(Jobs.inEachPhase()).containsKey(cells[1]);
        });
    }

    @Test
    void aJobIsCreatedWithEverythingItsSubmissionSays() {
        JobEvent.Submitted submitted = (JobEvent.Submitted) event("submitted");
        assertThat(JobFold.apply(null, recorded(submitted)))
                .isEqualTo(new Job(
                        Jobs.ID,
                        submitted.tenant(),
                        submitted.origin(),
                        submitted.request(),
                        submitted.route(),
                        List.of(),
                        new Phase.Submitted(),
                        TIME,
                        TIME,
                        OFFSET));
    }

    @Test
    void whatFitsIsDatedAndTheRestOfTheJobStays() {
        Job before = Jobs.in(new Phase.Waiting(Jobs.at(null)));
        Job after = apply(before, "started");
        assertThat(after)
                .usingRecursiveComparison()
                .ignoringFields("phase", "changedAt", "changedOffset")
                .isEqualTo(before);
        assertThat(after.changedAt()).isEqualTo(TIME);
        assertThat(after.changedOffset()).isEqualTo(OFFSET);
    }

    @Test
    void aStartedStageKnowsItsWorkerAndWhichOfItsEventsCounted() {
        assertThat(apply(Jobs.in(new Phase.Waiting(Jobs.at(null))), "started").phase())
                .isEqualTo(new Phase.Running(Jobs.at(null), "host/denoise/2", Jobs.environment(), OFFSET));
    }

    @Test
    void aCheckpointKeepsTheWorkerAndReplacesTheEarlierOne() {
        Job before = Jobs.in(Jobs.running(new Checkpoint(3, Jobs.ref("wan.tensors"))));
        StageTurn at = new StageTurn(Jobs.STAGE, Jobs.TURN, 1, new Checkpoint(4, Jobs.ref("wan.checkpoints")));
        assertThat(apply(before, "checkpointed 4").phase())
                .isEqualTo(new Phase.Running(at, Jobs.WORKER, Jobs.environment(), Jobs.STARTED_OFFSET));
    }

    @Test
    void aFailedAttemptSaysWhyAndHowLongToWait() {
        assertThat(apply(Jobs.in(Jobs.running(null)), "failed").phase())
                .isEqualTo(new Phase.Parked(Jobs.at(null).nextAttempt(), Duration.ofSeconds(30), Jobs.ERROR));
    }

    @Test
    void anOrderlyLeaveCostsNoAttemptAndNoTime() {
        assertThat(apply(Jobs.in(Jobs.running(null)), "yielded").phase())
                .isEqualTo(new Phase.Parked(Jobs.at(null), Duration.ZERO, null));
    }

    @Test
    void endsSayWhyAndByWhom() {
        Job running = Jobs.in(Jobs.running(null));
        assertThat(apply(running, "job failed").phase()).isEqualTo(new Phase.Failed(Jobs.ERROR));
        assertThat(apply(running, "cancelled").phase()).isEqualTo(new Phase.Cancelled("client"));
        assertThat(apply(Jobs.in(new Phase.Completed()), "deleted").phase()).isEqualTo(new Phase.Deleted("client"));
        assertThat(apply(running, "unknown").phase())
                .isEqualTo(new Phase.Unreadable("io.wanstreams.job.paused.v1", OFFSET));
    }

    @Test
    void aCompletedStageIsKeptWithItsWorkerAndOutputs() {
        JobEvent.Completed event = (JobEvent.Completed) event("completed");
        Job after = apply(Jobs.in(Jobs.running(null)), "completed");
        assertThat(after.completed())
                .containsExactly(new CompletedStage(
                        Jobs.STAGE, Jobs.WORKER, Jobs.environment(), event.outputs(), event.timings(), TIME));
        assertThat(after.bundle(StageOutputs.LATENTS)).contains(Jobs.ref("wan.tensors"));
        assertThat(after.text(StageOutputs.PROMPT)).contains("a red ball");
    }

    @Test
    void onlyACompletedStageIsKept() {
        Job running = Jobs.in(Jobs.running(null));
        for (String name : List.of("failed", "yielded", "requeued", "checkpointed 4", "completed, other turn")) {
            assertThat(apply(running, name).completed()).as(name).isEmpty();
        }
    }

    @Test
    void theLastStageCompletesTheJob() {
        StageTurn last = new StageTurn(StageName.DECODE, Jobs.TURN, 1, null);
        Job running = Jobs.in(new Phase.Running(last, Jobs.WORKER, Jobs.environment(), Jobs.STARTED_OFFSET));
        JobEvent.Completed done = new JobEvent.Completed(
                StageName.DECODE, Jobs.TURN, StageOutputs.ofText(Map.of()), new StageTimings(0, 0, 0));
        assertThat(JobFold.apply(running, recorded(done)))
                .satisfies(job -> assertThat(describe(job)).isEqualTo("completed"));
    }

    @Test
    void isTerminalOnceNothingIsWorkedOn() {
        Map<String, @Nullable Job> jobs = Jobs.inEachPhase();
        jobs.remove("none");
        jobs.forEach((name, job) -> assertThat(Objects.requireNonNull(job).isTerminal())
                .as(name)
                .isEqualTo(
                        List.of("completed", "failed", "cancelled", "deleted").contains(name)));
    }

    @Test
    void theNewestOutputOfANameCounts() {
        Job running = Jobs.in(Jobs.running(null));
        Job twice = apply(running, "completed");
        StageTurn decode = new StageTurn(StageName.DECODE, OFFSET, 1, null);
        Job decoding = new Job(
                twice.id(),
                twice.tenant(),
                twice.origin(),
                twice.request(),
                twice.route(),
                twice.completed(),
                new Phase.Running(decode, Jobs.WORKER, Jobs.environment(), OFFSET),
                twice.submittedAt(),
                twice.changedAt(),
                OFFSET);
        StageOutputs newer = StageOutputs.ofText(Map.of(StageOutputs.PROMPT, "newer"));
        Job after = JobFold.apply(
                decoding, recorded(new JobEvent.Completed(StageName.DECODE, OFFSET, newer, new StageTimings(0, 0, 0))));
        assertThat(Objects.requireNonNull(after).text(StageOutputs.PROMPT)).contains("newer");
        assertThat(after.bundle(StageOutputs.LATENTS)).contains(Jobs.ref("wan.tensors"));
        assertThat(after.bundle(StageOutputs.VIDEO)).isEmpty();
    }

    private static Job apply(Job job, String event) {
        return Objects.requireNonNull(JobFold.apply(job, recorded(event(event))));
    }

    private static JobEvent event(String name) {
        return Objects.requireNonNull(allEvents().get(name));
    }

    private static RecordedEvent recorded(JobEvent event) {
        return new RecordedEvent(Jobs.ID, OFFSET, TIME, event);
    }

    private static Map<String, JobEvent> allEvents() {
        Map<String, JobEvent> events = new LinkedHashMap<>(Events.ofEachKind());
        events.putAll(Events.others());
        return events;
    }

    private static Map<String, String> fits() {
        Map<String, String> fits = new LinkedHashMap<>();
        FITS.lines().forEach(line -> {
            String[] cells = line.split("\\|", -1);
            fits.put(cells[0].strip() + " | " + cells[1].strip(), cells[2].strip());
        });
        return fits;
    }

    private static String describe(@Nullable Job job) {
        if (job == null) {
            return "none";
        }
        String name = job.phase().getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
        return job.phase()
                .stageTurn()
                .map(at -> name + " " + at.stage() + "@" + at.turn() + " #" + at.attempt()
                        + (at.checkpoint() == null ? "" : " c" + at.checkpointStep()))
                .orElse(name);
    }
}
