package io.wanstreams.gateway.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.JobOrigin;
import io.wanstreams.gateway.board.BoardFeed;
import io.wanstreams.gateway.board.BoardJob;
import io.wanstreams.gateway.board.JobBoard;
import io.wanstreams.gateway.request.BodyReader;
import io.wanstreams.gateway.request.DraftReader;
import io.wanstreams.gateway.request.Profiles;
import io.wanstreams.kafka.embedded.SharedBroker;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.KafkaSettings;
import io.wanstreams.transport.log.KafkaJobLog;
import io.wanstreams.transport.testing.InMemoryBundleStore;
import io.wanstreams.transport.topic.TopicPlan;
import io.wanstreams.transport.topic.TopicProvisioner;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Two gateways are asked for the same job at the same moment. */
class TwoGatewaysIT {

    private static final int JOBS = 25;

    @Test
    void bothAnswerWithTheOneJobThatCounts() throws Exception {
        try (KafkaClients clients = new KafkaClients(KafkaSettings.of(SharedBroker.bootstrapServers()))) {
            new TopicProvisioner(clients)
                    .provision(TopicPlan.of(TopicPlan.Profile.LOCAL, List.of(Profiles.A14B, Profiles.TI2V_5B)));
            try (Gateway a = new Gateway(clients, 1);
                    Gateway b = new Gateway(clients, 2)) {
                for (int i = 0; i < JOBS; i++) {
                    Order order = order(SharedBroker.uniqueName("key"));
                    CompletableFuture<BoardJob> first = CompletableFuture.supplyAsync(() -> a.submit(order));
                    CompletableFuture<BoardJob> second = CompletableFuture.supplyAsync(() -> b.submit(order));

                    Job one = first.get().job();
                    Job other = second.get().job();

                    assertThat(one.id()).isEqualTo(other.id()).isEqualTo(order.id());
                    assertThat(one.request().denoise().seed())
                            .as("each gateway draws a seed of its own, and only one counts")
                            .isEqualTo(other.request().denoise().seed());
                    assertThat(one.submittedAt()).isEqualTo(other.submittedAt());
                }
            }
        }
    }

    private static Order order(String key) {
        var body = BodyReader.object("{\"prompt\":\"a cat\"}".getBytes(UTF_8));
        JobOrigin origin = new JobOrigin("http", null, RequestDigest.of(body, Uploads.NONE));
        return new Order(
                JobId.ofIdempotencyKey("default", key),
                true,
                "default",
                origin,
                new Wish.Fresh(DraftReader.read(body), Uploads.NONE));
    }

    private static final class Gateway implements AutoCloseable {

        private final BoardFeed feed;
        private final KafkaJobLog log;
        private final Submissions submissions;

        Gateway(KafkaClients clients, long seed) {
            JobBoard board = new JobBoard(100_000);
            this.feed = new BoardFeed(clients, board, Duration.ofSeconds(10));
            this.log = new KafkaJobLog(clients, "/test/gateway/" + seed);
            SubmitSettings settings =
                    new SubmitSettings(Duration.ofSeconds(10), 100_000, Duration.ofSeconds(1), 1 << 20);
            this.submissions = new Submissions(
                    Profiles.resolver(), board, feed, log, new InMemoryBundleStore(), settings, new Random(seed));
        }

        BoardJob submit(Order order) {
            return submissions.submit(order).await().indefinitely();
        }

        @Override
        public void close() {
            feed.close();
            log.close();
        }
    }
}
