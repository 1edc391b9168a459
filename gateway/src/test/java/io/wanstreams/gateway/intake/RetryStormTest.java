package io.wanstreams.gateway.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.JobOrigin;
import io.wanstreams.gateway.board.BoardJob;
import io.wanstreams.gateway.board.JobBoard;
import io.wanstreams.gateway.request.BodyReader;
import io.wanstreams.gateway.request.DraftReader;
import io.wanstreams.gateway.request.Profiles;
import io.wanstreams.transport.testing.InMemoryBundleStore;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A gateway dies between append and answer, again and again; the client asks another one. */
final class RetryStormTest {

    private static final int JOBS = 200;
    private static final SubmitSettings SETTINGS =
            new SubmitSettings(Duration.ofSeconds(5), 10_000, Duration.ofSeconds(1), 1 << 20);

    private final JobBoard board = new JobBoard(10_000);
    private final FakeLog log = new FakeLog(board);

    @Test
    void eachKeyIsOneJob() {
        Set<JobId> ids = new HashSet<>();
        for (int i = 0; i < JOBS; i++) {
            Order order = order("key-" + i, "a cat");
            log.losesAnswers = true;
            for (int dying = 0; dying < 1 + i % 3; dying++) {
                assertThatThrownBy(() -> submit(order)).isInstanceOf(IntakeException.Unavailable.class);
            }
            log.losesAnswers = false;
            BoardJob first = submit(order);
            BoardJob again = submit(order);
            Order other = order("key-" + i, "a dog");

            assertThat(again.job().id()).isEqualTo(first.job().id());
            assertThat(again.job().request()).isEqualTo(first.job().request());
            assertThatThrownBy(() -> submit(other)).isInstanceOf(IntakeException.KeyConflict.class);
            ids.add(first.job().id());
        }
        List<JobId> listed = board.list("default", Optional.empty(), false)
                .map(job -> job.job().id())
                .toList();

        assertThat(listed).hasSize(JOBS).containsExactlyInAnyOrderElementsOf(ids);
    }

    /** Every try goes to a gateway that has just started. */
    private BoardJob submit(Order order) {
        return new Submissions(Profiles.resolver(), board, log, log, new InMemoryBundleStore(), SETTINGS, new Random())
                .submit(order)
                .await()
                .indefinitely();
    }

    private static Order order(String key, String prompt) {
        var body = BodyReader.object(("{\"prompt\":\"" + prompt + "\"}").getBytes(UTF_8));
        JobOrigin origin = new JobOrigin("http", null, RequestDigest.of(body, Uploads.NONE));
        return new Order(
                JobId.ofIdempotencyKey("default", key),
                true,
                "default",
                origin,
                new Wish.Fresh(DraftReader.read(body), Uploads.NONE));
    }
}
