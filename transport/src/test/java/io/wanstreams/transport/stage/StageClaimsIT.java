package io.wanstreams.transport.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.job.RequeueReason;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.contracts.job.StageTimings;
import io.wanstreams.contracts.ticket.LogCursor;
import io.wanstreams.contracts.ticket.Ticket;
import io.wanstreams.transport.TestKafka;
import io.wanstreams.transport.log.JobView;
import io.wanstreams.transport.log.StageTransactions;
import io.wanstreams.transport.progress.Heartbeats;
import io.wanstreams.transport.testing.InMemoryBundleStore;
import io.wanstreams.transport.ticket.DeadLetters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StageClaimsIT {

    private TestKafka kafka;
    private Heartbeats heartbeats;
    private DeadLetters deadLetters;
    private final List<StageClaims> opened = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        kafka = TestKafka.shared();
        heartbeats = new Heartbeats(kafka.clients);
        deadLetters = new DeadLetters(kafka.clients);
    }

    @AfterEach
    void close() {
        opened.forEach(StageClaims::close);
        heartbeats.close();
        deadLetters.close();
        kafka.close();
    }

    @Test
    void ofTwoWorkersWithOneTicketOneWins() throws Exception {
        StageClaims a = worker("a");
        StageClaims b = worker("b");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 5; round++) {
                JobId id = kafka.admitted();
                Ticket ticket = ticket(id);
                Callable<Optional<StageClaim>> first = () -> a.claim(ticket, System.nanoTime());
                Callable<Optional<StageClaim>> second = () -> b.claim(ticket, System.nanoTime());
                List<Optional<StageClaim>> results = new ArrayList<>();
                for (Future<Optional<StageClaim>> result : threads.invokeAll(List.of(first, second))) {
                    results.add(result.get());
                }
                assertThat(results.stream().filter(Optional::isPresent)).hasSize(1);
                assertThat(kafka.job(id).phase()).isInstanceOf(Phase.Running.class);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** One's own two claims with one ticket are told apart by offset, not by name. */
    @Test
    void oneWorkerWinsATicketOnce() throws Exception {
        StageClaims a = worker("a");
        JobId id = kafka.admitted();
        Ticket ticket = ticket(id);

        assertThat(a.claim(ticket, System.nanoTime())).isPresent();
        assertThat(a.claim(ticket, System.nanoTime())).isEmpty();
    }

    @Test
    void aLostWorkersLateEventsDoNotFit() throws Exception {
        StageClaims a = worker("a");
        StageClaims b = worker("b");
        JobId id = kafka.admitted();
        StageClaim lost = claim(a, id);
        kafka.dispatch(id, new JobEvent.Requeued(StageName.ENCODE, lost.turn(), RequeueReason.WORKER_LOST));
        StageClaim won = claim(b, id);
        assertThat(won.attempt()).isEqualTo(2);

        await().until(() -> lost.abandoned().isPresent());
        assertThatThrownBy(lost::ensureWanted).isInstanceOf(StageAbandonedException.class);
        assertThat(a.complete(lost, output("late"))).isFalse();
        assertThat(b.complete(won, output("good"))).isTrue();

        assertThat(kafka.job(id).text("result")).contains("good");
        assertThat(kafka.job(id).completed()).hasSize(1);
    }

    /** What a lost worker writes before it has heard of its loss is in the log and changes nothing. */
    @Test
    void aLostWorkerThatHasNotHeardOfItChangesNothing() throws Exception {
        StageClaims a = worker("a");
        JobId id = kafka.admitted();
        StageClaim lost = claim(a, id);
        kafka.dispatch(id, new JobEvent.Requeued(StageName.ENCODE, lost.turn(), RequeueReason.WORKER_LOST));

        kafka.append(
                id,
                new JobEvent.Completed(
                        StageName.ENCODE, lost.turn(), output("late").outputs(), new StageTimings(1, 1, 1)));
        kafka.append(id, new JobEvent.Yielded(StageName.ENCODE, lost.turn()));

        assertThat(kafka.job(id).phase()).isInstanceOf(Phase.Waiting.class);
        assertThat(kafka.job(id).completed()).isEmpty();
    }

    @Test
    void aStaleTicketAndOneOfAnotherLogAreDiscarded() throws Exception {
        StageClaims a = worker("a");
        JobId id = kafka.admitted();
        Ticket ticket = ticket(id);
        Ticket otherLog = new Ticket(
                ticket.stage(),
                ticket.turn(),
                ticket.job(),
                new LogCursor(
                        "AAAAAAAAAAAAAAAAAAAAAA",
                        ticket.upTo().partition(),
                        ticket.upTo().next()));
        assertThat(a.claim(otherLog, System.nanoTime())).isEmpty();

        kafka.append(id, new JobEvent.Cancelled("client"));
        assertThat(a.claim(ticket, System.nanoTime())).isEmpty();
        assertThat(kafka.job(id).phase()).isInstanceOf(Phase.Cancelled.class);
    }

    /** A ticket that promises more log than there is: nothing in it is believed, and its holder does not wait for ever. */
    @Test
    void aTicketFromBeyondTheEndIsNotBelieved() throws Exception {
        StageClaims a = worker("a", Duration.ofMillis(300));
        JobId id = kafka.admitted();
        JobView view = kafka.view(id);
        Phase.Waiting waiting = (Phase.Waiting) kafka.job(id).phase();
        LogCursor beyond = view.upTo().at(1_000_000_000L);
        Ticket farFold = new Ticket(StageName.ENCODE, waiting.at().turn(), kafka.job(id), beyond);
        Ticket farTurn = new Ticket(StageName.ENCODE, 999_999_999L, kafka.job(id), view.upTo());

        assertThat(a.claim(farFold, System.nanoTime())).isEmpty();
        assertThat(a.claim(farTurn, System.nanoTime())).isEmpty();
        assertThat(kafka.job(id).phase()).isEqualTo(waiting);
    }

    @Test
    void aCompletionThatWasFencedIsWrittenOnce() throws Exception {
        StageClaims a = worker("a");
        JobId id = kafka.admitted();
        StageClaim claim = claim(a, id);
        try (StageTransactions former = new StageTransactions(kafka.clients, "wan-" + name("a"), "/wan/test")) {
            a.open();
            former.open();

            assertThat(a.complete(claim, output("good"))).isTrue();
        }
        assertThat(kafka.events(id).stream().filter(e -> e.event() instanceof JobEvent.Completed))
                .hasSize(1);
        assertThat(kafka.job(id).phase()).isInstanceOf(Phase.Waiting.class);
    }

    @Test
    void manyClaimsAreFollowedAtOnce() throws Exception {
        StageClaims a = worker("a");
        List<StageClaim> claims = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            claims.add(claim(a, kafka.admitted()));
        }
        StageClaim cancelled = claims.get(2);
        kafka.append(cancelled.job().id(), new JobEvent.Cancelled("client"));

        await().until(() -> cancelled.abandoned().isPresent());
        for (StageClaim claim : claims) {
            if (claim == cancelled) {
                a.drop(claim);
            } else {
                claim.ensureWanted();
                assertThat(a.complete(claim, output("good"))).isTrue();
            }
        }
    }

    @Test
    void aPermanentFailureAfterACheckpointNamesTheNewAttempt() throws Exception {
        StageClaims a = worker("a");
        JobId id = kafka.admitted();
        StageClaim first = claim(a, id);
        a.fail(first, new RetriableStageException(FailureCode.STAGE_FAILED, "Once."));
        kafka.dispatch(id, new JobEvent.Requeued(StageName.ENCODE, first.turn(), RequeueReason.RETRY));
        StageClaim second = claim(a, id);
        assertThat(second.attempt()).isEqualTo(2);
        a.run(second).checkpoint(1, Map.of());

        a.fail(second, new PermanentStageException(FailureCode.STAGE_FAILED, "For good."));

        assertThat(kafka.job(id).phase()).isInstanceOf(Phase.Failed.class);
    }

    @Test
    void aMissingInputFailsTheJobForGood() throws Exception {
        StageClaims a = worker("a");
        StageRun run = a.run(claim(a, kafka.admitted()));

        assertThatThrownBy(() -> run.input("latents"))
                .isInstanceOf(PermanentStageException.class)
                .hasMessageContaining("Stage encode needs the bundle 'latents'");
        assertThatThrownBy(() -> run.inputText("prompt")).isInstanceOf(PermanentStageException.class);
    }

    private StageClaim claim(StageClaims worker, JobId id) throws InterruptedException {
        return worker.claim(ticket(id), System.nanoTime()).orElseThrow();
    }

    /** The ticket that stands for the job's wait, as its writer would have made it. */
    private Ticket ticket(JobId id) {
        JobView view = kafka.view(id);
        Phase.Waiting waiting = (Phase.Waiting) kafka.job(id).phase();
        return new Ticket(waiting.at().stage(), waiting.at().turn(), kafka.job(id), view.upTo());
    }

    private StageClaims worker(String name) {
        return worker(name, Duration.ofSeconds(20));
    }

    private StageClaims worker(String name, Duration claimPatience) {
        WorkerSettings usual = WorkerSettings.of(StageName.ENCODE, kafka.model, name(name), Map.of("device", "cpu"));
        WorkerSettings settings = new WorkerSettings(
                usual.stage(),
                usual.model(),
                usual.worker(),
                usual.environment(),
                claimPatience,
                usual.completePatience(),
                usual.grace(),
                usual.firstRetry(),
                usual.longestRetry());
        StageClaims claims =
                new StageClaims(kafka.clients, new InMemoryBundleStore(), heartbeats, deadLetters, settings);
        opened.add(claims);
        return claims;
    }

    private String name(String worker) {
        return worker + "-" + kafka.model;
    }

    private static StageOutput output(String result) {
        return new StageOutput(StageOutputs.ofText(Map.of("result", result)), Duration.ZERO);
    }
}
