package io.wanstreams.gateway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wanstreams.contracts.job.CompletedStage;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.JobOrigin;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.gateway.FakeWorkers;
import io.wanstreams.gateway.Jobs;
import io.wanstreams.gateway.board.BoardFeed;
import io.wanstreams.gateway.board.JobBoard;
import io.wanstreams.gateway.board.ProgressBoard;
import io.wanstreams.gateway.request.Profiles;
import io.wanstreams.kafka.embedded.SharedBroker;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.KafkaSettings;
import io.wanstreams.transport.log.KafkaJobLog;
import io.wanstreams.transport.log.StageTransactions;
import io.wanstreams.transport.progress.ProgressFeed;
import io.wanstreams.transport.ticket.DeadLetters;
import io.wanstreams.transport.topic.TopicPlan;
import io.wanstreams.transport.topic.TopicProvisioner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two gateways both believe that they are the elected dispatcher, and write at the same moments. */
@Tag("slow")
class TwoDispatchersIT {

    private static final int JOBS = 15;
    private static final DispatchSettings SETTINGS = new DispatchSettings(
            100_000,
            3,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMillis(100),
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            Duration.ofMillis(50));

    private final String tenant = SharedBroker.uniqueName("tenant");

    private final FakeWorkers workers =
            new FakeWorkers(SharedBroker.bootstrapServers(), job -> job.tenant().equals(tenant));

    @AfterEach
    void close() {
        workers.close();
    }

    @Test
    void everyStageOfEveryJobCountsOnce() throws Exception {
        try (KafkaClients clients = new KafkaClients(KafkaSettings.of(SharedBroker.bootstrapServers()))) {
            new TopicProvisioner(clients)
                    .provision(TopicPlan.of(TopicPlan.Profile.LOCAL, List.of(Profiles.A14B, Profiles.TI2V_5B)));
            try (KafkaJobLog log = new KafkaJobLog(clients, "/test");
                    Gateway one = new Gateway(clients, "one");
                    Gateway other = new Gateway(clients, "other")) {
                List<JobId> ids = new ArrayList<>();
                for (int i = 0; i < JOBS; i++) {
                    JobId id = JobId.ofTime(System.currentTimeMillis(), new Random());
                    ids.add(id);
                    log.append(
                                    id,
                                    new JobEvent.Submitted(
                                            Jobs.request(),
                                            StageName.TWO_EXPERTS,
                                            tenant,
                                            new JobOrigin("http", null, "digest")))
                            .get();
                }

                await().atMost(Duration.ofSeconds(90))
                        .until(() -> ids.stream().allMatch(id -> one.job(id).phase() instanceof Phase.Completed));

                for (JobId id : ids) {
                    await().atMost(Duration.ofSeconds(10))
                            .until(() -> other.job(id).equals(one.job(id)));
                    assertThat(one.job(id).completed())
                            .extracting(CompletedStage::stage)
                            .containsExactlyElementsOf(StageName.TWO_EXPERTS);
                }
                assertThat(one.writes.get()).as("both were at work").isPositive();
                assertThat(other.writes.get()).isPositive();
            }
        }
    }

    private final class Gateway implements AutoCloseable {

        private final Deque<Runnable> open = new ArrayDeque<>();
        private final JobBoard board = new JobBoard(100_000);
        private final AtomicInteger writes = new AtomicInteger();

        Gateway(KafkaClients clients, String name) {
            ProgressBoard progress = new ProgressBoard(board, System::nanoTime);
            board.listen(progress);
            BoardFeed feed = opened(new BoardFeed(clients, board, Duration.ofSeconds(10)), BoardFeed::close);
            ProgressFeed heartbeats = opened(new ProgressFeed(clients, progress), ProgressFeed::close);
            KafkaJobLog log = opened(new KafkaJobLog(clients, "/test/" + name), KafkaJobLog::close);
            StageTransactions transactions = opened(
                    new StageTransactions(clients, "test-dispatcher-" + name + tenant, "/test/" + name),
                    StageTransactions::close);
            LogDispatchWriter writer = new LogDispatchWriter(
                    transactions, log, opened(new DeadLetters(clients), DeadLetters::close), feed.topicId());
            Dispatcher dispatcher = new Dispatcher(
                    board,
                    progress,
                    opened(new KafkaOpenTickets(clients), KafkaOpenTickets::close),
                    () -> heartbeats.sinceCaughtUp().compareTo(SETTINGS.blindness()) < 0,
                    (job, dispatch) -> {
                        // Other tests of this JVM have jobs in the same log.
                        if (job.job().tenant().equals(tenant)) {
                            writer.write(job, dispatch);
                            writes.incrementAndGet();
                        }
                    },
                    SETTINGS,
                    System::nanoTime,
                    Instant::now);
            DispatchLoop loop =
                    opened(new DispatchLoop(dispatcher, board, () -> true, Duration.ofMillis(5)), DispatchLoop::close);
            loop.start();
        }

        Job job(JobId id) {
            return board.find(id).orElseThrow().job();
        }

        private <T> T opened(T part, Consumer<T> close) {
            open.push(() -> close.accept(part));
            return part;
        }

        @Override
        public void close() {
            open.forEach(Runnable::run);
        }
    }
}
