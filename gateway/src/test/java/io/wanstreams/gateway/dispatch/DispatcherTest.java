package io.wanstreams.gateway.dispatch;

import static io.wanstreams.contracts.job.StageName.ENCODE;
import static io.wanstreams.contracts.job.StageName.PROMPT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.wanstreams.contracts.dispatch.Dispatch;
import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.contracts.job.JobError;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.RequeueReason;
import io.wanstreams.gateway.Jobs;
import io.wanstreams.gateway.board.BoardJob;
import io.wanstreams.gateway.board.JobBoard;
import io.wanstreams.gateway.board.LogClock;
import io.wanstreams.gateway.board.ProgressBoard;
import io.wanstreams.transport.TransportException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The production dispatcher and rules against a board, with a clock that is turned by hand. */
final class DispatcherTest {

    private static final DispatchSettings SETTINGS = new DispatchSettings(
            2,
            3,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMillis(500),
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5));

    private long nanos = 1_000;
    private Instant wall = Jobs.START;
    private boolean clear = true;
    private boolean noneOpen;
    private boolean ticketsKnown = true;
    private boolean kafkaDown;
    private boolean appliesWrites = true;

    private final JobBoard board = new JobBoard(1000);
    private final ProgressBoard progress = new ProgressBoard(board, () -> nanos);
    private final Jobs jobs = new Jobs(board);
    private final List<Dispatch> written = new ArrayList<>();
    private final Dispatcher dispatcher = dispatcher();

    private Dispatcher dispatcher() {
        return new Dispatcher(
                board, progress, this::isNoneOpen, () -> clear, this::write, SETTINGS, () -> nanos, () -> wall);
    }

    @BeforeEach
    void listen() {
        board.listen(progress);
        dispatcher.takeOver();
    }

    @Test
    void admitsFirstComeFirstServedUpToTheWindow() {
        JobId first = jobs.submit();
        JobId second = jobs.submit();
        JobId third = jobs.submit();
        dispatcher.tick();

        assertThat(written).containsExactly(new Dispatch.Admit(PROMPT), new Dispatch.Admit(PROMPT));
        assertThat(phase(third)).isEqualTo("Submitted");
        jobs.apply(second, new JobEvent.Cancelled("me"));
        dispatcher.tick();
        assertThat(phase(first)).isEqualTo("Waiting");
        assertThat(phase(third)).isEqualTo("Waiting");
    }

    @Test
    void leavesRoomForOtherTenants() {
        Room room = new Room(3, 2);
        JobId first = jobs.submit();
        BoardJob job = board.find(first).orElseThrow();
        room.take(job);
        assertThat(room.isFor(job)).isTrue();
        room.take(job);

        assertThat(room.isFor(job)).as("one is left, not for this tenant").isFalse();
        assertThat(new Room(0, 2).isFor(job)).isFalse();
    }

    @Test
    void countsAdmissionsThatAreNotOnTheBoardYet() {
        appliesWrites = false;
        jobs.submit();
        jobs.submit();
        jobs.submit();
        dispatcher.tick();
        dispatcher.tick();
        pass(4);

        assertThat(written).hasSize(2);
        pass(1);
        assertThat(written)
                .as("not seen for long: written again, which does not fit twice")
                .hasSize(4);
    }

    @Test
    void requeuesAParkedJobWhenItsBackOffIsOver() {
        JobId id = waiting();
        long turn = turn(id);
        jobs.start(id, PROMPT, turn, "w");
        jobs.apply(id, new JobEvent.Failed(PROMPT, turn, error(), Duration.ofSeconds(7)));
        dispatcher.tick();
        pass(6);
        assertThat(written).isEmpty();

        pass(1);
        assertThat(written).containsExactly(new Dispatch.Requeue(PROMPT, turn, RequeueReason.RETRY));
    }

    @Test
    void givesEveryParkedJobALeastBackOff() {
        JobId id = waiting();
        jobs.start(id, PROMPT, turn(id), "w");
        jobs.apply(id, new JobEvent.Yielded(PROMPT, turn(id)));
        dispatcher.tick();
        assertThat(written).isEmpty();
        passMillis(500);
        assertThat(written).hasSize(1);
    }

    @Test
    void givesUpAboveTheAttemptLimitWithTheLastError() {
        JobId id = waiting();
        for (int attempt = 1; attempt <= 3; attempt++) {
            long turn = turn(id);
            jobs.start(id, PROMPT, turn, "w");
            jobs.apply(id, new JobEvent.Failed(PROMPT, turn, error(), Duration.ZERO));
            dispatcher.tick();
            pass(1);
        }

        assertThat(phase(id)).isEqualTo("Failed");
        assertThat(written).hasSize(3);
        assertThat(written.get(2)).isEqualTo(new Dispatch.GiveUp(turnOf(written.get(2)), 4, error()));
    }

    @Test
    void requeuesAJobWhoseWorkerIsSilent() {
        JobId id = running();
        long turn = turn(id);
        for (int second = 0; second < 25; second++) {
            beat(id, turn, "w");
            pass(1);
        }
        assertThat(written).isEmpty();
        pass(8);
        assertThat(written).isEmpty();
        pass(1);

        assertThat(written).containsExactly(new Dispatch.Requeue(PROMPT, turn, RequeueReason.WORKER_LOST));
    }

    @Test
    void doesNotTakeAnotherWorkersHeartbeatForALifeSign() {
        JobId id = running();
        for (int second = 0; second < 10; second++) {
            beat(id, turn(id), "other");
            pass(1);
        }
        assertThat(written).hasSize(1);
    }

    @Test
    void countsNoSilenceWhileItCannotHear() {
        running();
        pass(8);
        clear = false;
        pass(60);
        clear = true;
        pass(0);
        pass(9);
        assertThat(written).as("a full window after the gap").isEmpty();
        pass(1);
        assertThat(written).hasSize(1);
    }

    @Test
    void observesAFullWindowAfterATakeover() {
        running();
        pass(9);
        dispatcher.takeOver();
        pass(0);
        pass(9);
        assertThat(written).isEmpty();
        pass(1);
        assertThat(written).hasSize(1);
    }

    @Test
    void losesAWorkerForGoodAboveTheAttemptLimit() {
        JobId id = running();
        for (int attempt = 1; attempt < 3; attempt++) {
            pass(10);
            jobs.start(id, PROMPT, turn(id), "w");
            dispatcher.tick();
        }
        pass(10);

        assertThat(phase(id)).isEqualTo("Failed");
        assertThat(((Dispatch.GiveUp) written.get(2)).error().code()).isEqualTo(FailureCode.WORKER_LOST);
    }

    @Test
    void requeuesAJobWhoseTicketIsLost() {
        JobId id = waiting();
        long turn = turn(id);
        noneOpen = true;
        dispatcher.tick();
        for (int second = 0; second < 34; second++) {
            pass(1);
        }
        assertThat(written).isEmpty();
        pass(1);

        assertThat(written).containsExactly(new Dispatch.Requeue(PROMPT, turn, RequeueReason.TICKET_LOST));
        assertThat(phase(id)).isEqualTo("Waiting");
    }

    @Test
    void aTicketThatIsOpenOrAnUnclearAnswerStartsTheTimeAnew() {
        waiting();
        noneOpen = true;
        dispatcher.tick();
        for (int second = 0; second < 30; second++) {
            pass(1);
        }
        noneOpen = false;
        passSeconds(5);
        noneOpen = true;
        passSeconds(30);
        assertThat(written).isEmpty();
        ticketsKnown = false;
        passSeconds(5);
        ticketsKnown = true;
        passSeconds(30);
        assertThat(written).isEmpty();
        passSeconds(10);
        assertThat(written).hasSize(1);
    }

    /** Tickets come in their order: whoever is overtaken by later ones has none. */
    @Test
    void aTicketIsLostAlsoWhereOthersAreAlwaysOpen() {
        JobId lost = waiting();
        long turn = turn(lost);
        noneOpen = false;
        passSeconds(31);
        JobId later = waiting();
        passSeconds(5);
        assertThat(written).as("nobody has been overtaken").isEmpty();

        jobs.start(later, PROMPT, turn(later), "w");
        for (int second = 0; second < 29; second++) {
            beat(later, turn(later), "w");
            pass(1);
        }
        assertThat(written).as("it may still be leased").isEmpty();
        beat(later, turn(later), "w");
        passSeconds(3);

        assertThat(written).containsExactly(new Dispatch.Requeue(PROMPT, turn, RequeueReason.TICKET_LOST));
    }

    @Test
    void aBusyTopicIsLeftAlone() {
        waiting();
        noneOpen = false;
        dispatcher.tick();
        passSeconds(300);

        assertThat(written).isEmpty();
    }

    @Test
    void endsAJobWhoseDeadlineHasPassedWhereverItIs() {
        JobId waiting = waiting();
        JobId running = running();
        wall = Jobs.START.plus(Duration.ofHours(12)).plusSeconds(60);
        dispatcher.tick();

        assertThat(phase(waiting)).isEqualTo("Failed");
        assertThat(phase(running)).isEqualTo("Failed");
        assertThat(written)
                .allSatisfy(
                        d -> assertThat(((Dispatch.GiveUp) d).error().code()).isEqualTo(FailureCode.DEADLINE_EXCEEDED));
    }

    /** Every request here has a deadline of 12 h; this machine's clock is months ahead of the log's. */
    @Test
    void deadlinesGoByTheBrokersTimeWhateverThisMachinesClockSays() {
        LogClock clock = new LogClock(() -> nanos);
        board.listen(clock);
        Dispatcher skewed = new Dispatcher(
                board, progress, this::isNoneOpen, () -> clear, this::write, SETTINGS, () -> nanos, clock);
        JobId waiting = waiting();
        long seconds = Duration.ofHours(12).minusMinutes(5).toSeconds();
        nanos += TimeUnit.SECONDS.toNanos(seconds);
        skewed.tick();
        assertThat(phase(waiting)).isEqualTo("Waiting");

        nanos += TimeUnit.MINUTES.toNanos(6);
        skewed.tick();

        assertThat(phase(waiting)).isEqualTo("Failed");
    }

    @Test
    void writesNothingWhileItIsBlind() {
        clear = false;
        jobs.submit();
        dispatcher.tick();

        assertThat(written).isEmpty();
    }

    @Test
    void triesAgainLaterWhenKafkaDoesNotConfirm() {
        kafkaDown = true;
        jobs.submit();
        jobs.submit();
        dispatcher.tick();
        kafkaDown = false;
        assertThat(written).isEmpty();
        pass(5);

        assertThat(written).hasSize(2);
    }

    @Test
    void leavesJobsOfANewerVersionAlone() {
        JobId id = jobs.submit();
        jobs.apply(id, new JobEvent.Unknown("io.wanstreams.job.paused.v2", null));
        wall = Jobs.START.plus(Duration.ofDays(2));
        dispatcher.tick();

        assertThat(written).isEmpty();
    }

    @Test
    void twoAtOnceAreHarmless() {
        Dispatcher second = dispatcher();
        JobId id = jobs.submit();
        appliesWrites = false;
        dispatcher.tick();
        second.tick();
        assertThat(written).hasSize(2);
        long turn = jobs.apply(id, written.get(0).event());
        jobs.apply(id, written.get(1).event());

        assertThat(turn(id)).isEqualTo(turn);
    }

    @Test
    void refusesSettingsThatContradictEachOther() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DispatchSettings(
                        1,
                        1,
                        Duration.ofSeconds(3),
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ofSeconds(3),
                        Duration.ZERO,
                        Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DispatchSettings(
                        0,
                        1,
                        Duration.ofSeconds(9),
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ofSeconds(3),
                        Duration.ZERO,
                        Duration.ZERO));
    }

    private JobId waiting() {
        JobId id = jobs.submit();
        jobs.admit(id);
        dispatcher.tick();
        return id;
    }

    private JobId running() {
        JobId id = waiting();
        jobs.start(id, PROMPT, turn(id), "w");
        dispatcher.tick();
        return id;
    }

    private void beat(JobId id, long turn, String worker) {
        progress.onHeartbeat(Jobs.beat(id, PROMPT, turn, worker, 0, 0));
    }

    private void pass(int seconds) {
        passMillis(seconds * 1000L);
    }

    private void passSeconds(int seconds) {
        for (int i = 0; i < seconds; i++) {
            pass(1);
        }
    }

    private void passMillis(long millis) {
        nanos += Duration.ofMillis(millis).toNanos();
        dispatcher.tick();
    }

    private boolean isNoneOpen(io.wanstreams.contracts.job.StageName stage, String model) {
        assertThat(stage).isIn(PROMPT, ENCODE);
        if (!ticketsKnown) {
            throw new TransportException("no answer");
        }
        return noneOpen;
    }

    private void write(BoardJob job, Dispatch dispatch) {
        if (kafkaDown) {
            throw new TransportException("not confirmed");
        }
        written.add(dispatch);
        if (appliesWrites) {
            jobs.apply(job.job().id(), dispatch.event());
        }
    }

    private long turn(JobId id) {
        return board.find(id)
                .orElseThrow()
                .job()
                .phase()
                .stageTurn()
                .orElseThrow()
                .turn();
    }

    private static long turnOf(Dispatch dispatch) {
        return ((Dispatch.GiveUp) dispatch).turn();
    }

    private String phase(JobId id) {
        return board.find(id).orElseThrow().job().phase().getClass().getSimpleName();
    }

    private static JobError error() {
        return new JobError(FailureCode.OUT_OF_MEMORY, "The stage ran out of memory.");
    }
}
