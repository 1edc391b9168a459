package io.wanstreams.gateway.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.JobOrigin;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.gateway.board.BoardJob;
import io.wanstreams.gateway.board.JobBoard;
import io.wanstreams.gateway.request.Attachments;
import io.wanstreams.gateway.request.BodyReader;
import io.wanstreams.gateway.request.DraftReader;
import io.wanstreams.gateway.request.Profiles;
import io.wanstreams.gateway.request.RefusedException;
import io.wanstreams.transport.testing.InMemoryBundleStore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class SubmissionsTest {

    private static final SubmitSettings SETTINGS =
            new SubmitSettings(Duration.ofSeconds(5), 3, Duration.ofSeconds(7), 1 << 20);

    private final JobBoard board = new JobBoard(100);
    private final FakeLog log = new FakeLog(board);
    private final Submissions submissions =
            new Submissions(Profiles.resolver(), board, log, log, new InMemoryBundleStore(), SETTINGS, new Random(1));
    private final Lookup lookup = new Lookup(board, log, SETTINGS);
    private final Removal removal = new Removal(log, log, SETTINGS);

    @Test
    void answersWithoutWaitingForTheBoardWhenTheIdIsNew() {
        BoardJob job = submit(unnamed());

        assertThat(log.unread()).isEqualTo(1);
        assertThat(job.job().request().denoise().seed()).isBetween(0L, (1L << 32) - 1);
        assertThat(find(job))
                .as("a look that would find nothing reads to the end first")
                .isTrue();
    }

    @Test
    void writesNothingForARetryThatItKnows() {
        BoardJob first = submit(named("k", "a cat"));
        BoardJob second = submit(named("k", "a cat"));

        assertThat(second.job()).isSameAs(first.job());
        assertThat(log.unread()).isZero();
    }

    @Test
    void givesTheFirstJobToARetryWhoseAnswerWasLost() {
        log.losesAnswers = true;
        IntakeException.Unavailable lost =
                catchThrowableOfType(IntakeException.Unavailable.class, () -> submit(named("k", "a cat")));
        assertThat(lost.isRepeatable()).isTrue();
        assertThat(lost.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        log.losesAnswers = false;
        BoardJob job = submit(named("k", "a cat"));

        assertThat(job.job().changedOffset()).as("the first event counts").isZero();
    }

    @Test
    void refusesTheSameKeyWithAnotherRequestEvenWhenBothAreOnTheirWay() {
        submitUnread("k", "a cat");
        assertThatThrownBy(() -> submit(named("k", "a dog"))).isInstanceOf(IntakeException.KeyConflict.class);
        assertThatThrownBy(() -> submit(named("k", "a dog"))).isInstanceOf(IntakeException.KeyConflict.class);
    }

    @Test
    void takesNoNewJobWhileTheBrokersDiskIsNearlyFullAndKnowsTheOldOnes() {
        AtomicBoolean room = new AtomicBoolean(true);
        Submissions guarded = new Submissions(
                Profiles.resolver(), board, log, log, new InMemoryBundleStore(), SETTINGS, new Random(1), room::get);
        BoardJob before = guarded.submit(named("k", "a cat")).await().indefinitely();

        room.set(false);

        assertThatThrownBy(() -> guarded.submit(unnamed()).await().indefinitely())
                .isInstanceOf(IntakeException.DiskFull.class)
                .hasMessageContaining("disk is nearly full");
        assertThat(guarded.submit(named("k", "a cat")).await().indefinitely().job())
                .isSameAs(before.job());
        assertThat(log.unread()).isZero();
    }

    @Test
    void refusesTheKeyOfADeletedJob() {
        BoardJob job = submit(named("k", "a cat"));
        removal.delete(job, "me").await().indefinitely();

        assertThat(find(job)).isFalse();
        assertThatThrownBy(() -> submit(named("k", "a cat"))).isInstanceOf(IntakeException.KeyConflict.class);
    }

    @Test
    void makesVariantsWithSeedsThatCountUp() {
        BoardJob first = submit(named("k", "a cat\",\"n\":3,\"seed\":\"41"));
        log.read();
        List<JobId> ids = Objects.requireNonNull(first.job().origin().variant()).all();

        assertThat(ids).hasSize(3).startsWith(first.job().id());
        assertThat(ids.stream().map(id -> board.find(id).orElseThrow().job()))
                .extracting(job -> job.request().denoise().seed())
                .containsExactly(41L, 42L, 43L);
    }

    @Test
    void aRetryMakesTheVariantsThatAreMissing() {
        Order order = named("k", "a cat\",\"n\":\"3");
        BoardJob first = submit(order);
        log.read();
        JobBoard other = new JobBoard(100);
        FakeLog restarted = new FakeLog(other);
        var unused = restarted.append(
                order.id(),
                new JobEvent.Submitted(
                        first.job().request(),
                        first.job().route(),
                        "default",
                        first.job().origin()));
        restarted.read();
        new Submissions(
                        Profiles.resolver(),
                        other,
                        restarted,
                        restarted,
                        new InMemoryBundleStore(),
                        SETTINGS,
                        new Random(2))
                .submit(order)
                .await()
                .indefinitely();

        for (JobId id : Objects.requireNonNull(first.job().origin().variant()).all()) {
            assertThat(other.find(id).orElseThrow().job().request())
                    .isEqualTo(board.find(id).orElseThrow().job().request());
        }
    }

    @Test
    void countsVariantsAgainstTheQueue() {
        submit(unnamed());
        log.read();

        assertThatThrownBy(() -> submit(named("k", "a cat\",\"n\":\"3"))).isInstanceOf(IntakeException.QueueFull.class);
    }

    @Test
    void cancelledJobsStay() {
        BoardJob job = submit(unnamed());
        removal.cancel(job, "me").await().indefinitely();

        assertThat(board.find(job.job().id()).orElseThrow().job().phase()).isInstanceOf(Phase.Cancelled.class);
    }

    @Test
    void boundsTheFilesOfATenant() {
        submit(unnamed());
        log.read();
        TenantLimits limits = new TenantLimits(2, 100);

        limits.check(board, "default", 1, 100, Duration.ZERO);
        limits.check(board, "other", 2, 0, Duration.ZERO);
        assertThatThrownBy(() -> limits.check(board, "default", 1, 101, Duration.ZERO))
                .isInstanceOf(IntakeException.TenantFull.class)
                .hasMessageContaining("bytes");
        assertThatThrownBy(() -> limits.check(board, "default", 2, 0, Duration.ZERO))
                .isInstanceOf(IntakeException.TenantFull.class)
                .hasMessageContaining("queued");
    }

    @Test
    void saysThatTheQueueIsFull() {
        for (int i = 0; i < 3; i++) {
            submit(unnamed());
            log.read();
        }
        assertThat(catchThrowableOfType(IntakeException.QueueFull.class, () -> submit(unnamed()))
                        .retryAfter())
                .isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void tellsWhetherRepeatingIsSafeWhenTheLogIsAway() {
        log.down = true;

        assertThat(catchThrowableOfType(IntakeException.Unavailable.class, () -> submit(unnamed()))
                        .isRepeatable())
                .isFalse();
        assertThatThrownBy(() -> lookup.find(
                                "default", JobId.ofIdempotencyKey("t", "k").toString())
                        .await()
                        .indefinitely())
                .isInstanceOf(IntakeException.Unavailable.class);
    }

    @Test
    void writesNothingThatIsNotValid() {
        assertThatThrownBy(() -> submit(named("k", " "))).isInstanceOf(RefusedException.class);
        assertThat(log.unread()).isZero();
    }

    @Test
    void hidesOtherTenantsJobs() {
        BoardJob job = submit(unnamed());

        assertThat(lookup.find("other", job.job().id().toString()).await().indefinitely())
                .isEmpty();
        assertThat(lookup.find("default", "../" + job.job().id()).await().indefinitely())
                .isEmpty();
    }

    @Test
    void cancelsBeforeItDeletes() {
        BoardJob job = submit(unnamed());
        log.read();
        java.util.List<String> phases = new java.util.ArrayList<>();
        board.listen(fact -> phases.add(fact.job().phase().getClass().getSimpleName()));
        removal.delete(job, "me").await().indefinitely();

        assertThat(phases).containsExactly("Cancelled", "Deleted");
    }

    private void submitUnread(String key, String prompt) {
        Order order = named(key, prompt);
        var unused = log.append(
                order.id(),
                new JobEvent.Submitted(
                        Profiles.resolver().resolve(((Wish.Fresh) order.wish()).draft(), 1, Attachments.NONE),
                        Profiles.A14B.route(),
                        order.tenant(),
                        order.origin()));
    }

    private boolean find(BoardJob job) {
        return lookup.find("default", job.job().id().toString())
                .await()
                .indefinitely()
                .isPresent();
    }

    private BoardJob submit(Order order) {
        return submissions.submit(order).await().indefinitely();
    }

    private static Order unnamed() {
        return order(JobId.ofTime(1, new Random()), false, "a cat");
    }

    private static Order named(String key, String prompt) {
        return order(JobId.ofIdempotencyKey("default", key), true, prompt);
    }

    private static Order order(JobId id, boolean isNamed, String prompt) {
        var body = BodyReader.object(("{\"prompt\":\"" + prompt + "\"}").getBytes(UTF_8));
        JobOrigin origin = new JobOrigin("http", null, RequestDigest.of(body, Uploads.NONE));
        return new Order(id, isNamed, "default", origin, new Wish.Fresh(DraftReader.read(body), Uploads.NONE));
    }
}
