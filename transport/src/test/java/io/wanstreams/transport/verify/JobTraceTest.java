package io.wanstreams.transport.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.contracts.job.JobError;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.RequeueReason;
import io.wanstreams.contracts.job.StageName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JobTraceTest {

    private static final Expectations NONE = Expectations.none();

    /** Late, and without consequences: nobody can miss it. */
    private static final Set<Integer> NOT_MISSED = Set.of(13);

    /** Only its bundle tells of it, which then belongs to nobody. */
    private static final int CHECKPOINT = 5;

    private static final int LAST = Story.eventful().size() - 1;

    @Test
    void anEventfulLifeIsNoFault() {
        assertThat(verdict(Story.eventful(), NONE).findings()).isEmpty();
    }

    static IntStream counted() {
        return IntStream.range(0, LAST).filter(i -> i != CHECKPOINT && !NOT_MISSED.contains(i));
    }

    @ParameterizedTest
    @MethodSource("counted")
    void aDroppedEventIsMissed(int index) {
        List<LoggedEvent> events = new ArrayList<>(Story.eventful());
        LoggedEvent dropped = events.remove(index);

        assertThat(verdict(events, NONE).about(Story.JOB)).as(dropped.name()).isNotEmpty();
    }

    @Test
    void whoHasNotWonHasNothingToSay() {
        List<LoggedEvent> events = new Story()
                .tell("/gateway", Story.submitted())
                .tell("/dispatcher", new JobEvent.Admitted())
                .tell("/w1", Story.started(StageName.ENCODE, 11))
                .tell("/w2", Story.completed(StageName.ENCODE, 11))
                .events();

        assertThat(verdict(events, NONE).about(Story.JOB))
                .extracting(Finding::text)
                .anySatisfy(text -> assertThat(text).contains("it is by /w2, and turn 11 was won by /w1"));
    }

    @Test
    void aFailureIsAFaultUnlessItIsKnown() {
        List<LoggedEvent> lost = failed(FailureCode.WORKER_LOST);

        assertThat(rules(lost, NONE)).containsExactly(Rule.JOBS_OVER);
        assertThat(rules(lost, NONE.withPoisoned(Set.of(Story.JOB), Set.of()))).isEmpty();
        assertThat(rules(lost, NONE.withPoisoned(Set.of(), Set.of(FailureCode.WORKER_LOST))))
                .isEmpty();
        assertThat(rules(failed(FailureCode.DEADLINE_EXCEEDED), NONE)).isEmpty();
    }

    @Test
    void aPoisonedJobMustNotComplete() {
        List<LoggedEvent> completed = Story.eventful().subList(0, LAST);

        assertThat(rules(completed, NONE)).isEmpty();
        assertThat(rules(completed, NONE.withPoisoned(Set.of(Story.JOB), Set.of())))
                .containsExactly(Rule.JOBS_OVER);
    }

    @Test
    void aCancelledJobIsOver() {
        List<LoggedEvent> events = new Story()
                .tell("/gateway", Story.submitted())
                .tell("/gateway", new JobEvent.Cancelled("client"))
                .events();

        assertThat(rules(events, NONE)).isEmpty();
    }

    @Test
    void twoFoldsThatDisagreeAreAFault() {
        LoggedEvent submitted = Story.eventful().get(0);
        LoggedEvent admitted = Story.eventful().get(1);
        // The same event, whose text says something else to the second fold.
        LoggedEvent forged = new LoggedEvent(
                admitted.recorded(), 0, "/dispatcher", "io.wanstreams.job.cancelled.v1", admitted.data());

        assertThat(rules(List.of(submitted, forged), NONE)).contains(Rule.FOLDS_AGREE);
    }

    /** Anything by anyone about any turn, mostly about the one that the job is in: the two folds say the same. */
    @Property(tries = 300)
    void twoFoldsAgreeOnEveryLog(@ForAll long seed) {
        Random random = new Random(seed);
        Findings findings = new Findings();
        JobTrace trace = new JobTrace(Story.JOB, findings);
        Story story = new Story();
        for (int i = 0; i < 60; i++) {
            story.tell("/any", anyEvent(random, trace, Story.FIRST + i));
            trace.after(story.events().get(i));
        }

        assertThat(findings.verdict(Map.of()).findings())
                .filteredOn(finding -> finding.rule() == Rule.FOLDS_AGREE)
                .isEmpty();
    }

    private static JobEvent anyEvent(Random random, JobTrace trace, long offset) {
        var at = trace.job().flatMap(job -> job.phase().stageTurn());
        boolean fitting = at.isPresent() && random.nextInt(10) < 8;
        long turn = fitting ? at.get().turn() : Story.FIRST + random.nextLong(Math.max(1, offset - Story.FIRST));
        StageName stage = fitting ? at.get().stage() : Story.ROUTE.get(random.nextInt(Story.ROUTE.size()));
        int attempt = fitting && random.nextBoolean() ? at.get().attempt() : 1 + random.nextInt(3);
        return switch (random.nextInt(16)) {
            case 0, 1 -> Story.submitted();
            case 2, 3 -> new JobEvent.Admitted();
            case 4, 5, 6 -> Story.started(stage, turn);
            case 7, 8 -> Story.checkpointed(turn, 1 + random.nextInt(6));
            case 9 -> Story.completed(stage, turn);
            case 10 -> new JobEvent.Failed(stage, turn, Story.error(), Duration.ZERO);
            case 11 -> new JobEvent.Yielded(stage, turn);
            case 12, 13 -> Story.requeued(stage, turn, RequeueReason.WORKER_LOST);
            case 14 -> random.nextInt(4) == 0 ? new JobEvent.Cancelled("any") : Story.started(stage, turn);
            default ->
                random.nextInt(3) == 0
                        ? new JobEvent.Deleted("any")
                        : new JobEvent.JobFailed(turn, random.nextInt(3) == 0 ? attempt : 9, Story.error());
        };
    }

    private static List<LoggedEvent> failed(FailureCode code) {
        return new Story()
                .tell("/gateway", Story.submitted())
                .tell("/dispatcher", new JobEvent.Admitted())
                .tell("/w1", Story.started(StageName.ENCODE, 11))
                .tell("/dispatcher", new JobEvent.JobFailed(11, 1, new JobError(code, "It did not work.")))
                .events();
    }

    private static List<Rule> rules(List<LoggedEvent> events, Expectations expectations) {
        return verdict(events, expectations).findings().stream()
                .map(Finding::rule)
                .toList();
    }

    private static Verdict verdict(List<LoggedEvent> events, Expectations expectations) {
        Findings findings = new Findings();
        JobTrace trace = new JobTrace(Story.JOB, findings);
        events.forEach(trace::after);
        trace.judge(expectations);
        return findings.verdict(Map.of(Story.JOB, trace.outcome()));
    }
}
