package io.wanstreams.gateway.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.contracts.job.JobError;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.json.VideoResultCodec;
import io.wanstreams.contracts.result.ResultState;
import io.wanstreams.contracts.result.VideoResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class ResultTermIT {

    private static final int JOBS = 200;
    private static final int DEATHS = 50;

    private Announcements log;
    private final List<Consumer<String, byte[]>> consumers = new ArrayList<>();
    private final List<Producer<String, byte[]>> producers = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        log = new Announcements();
    }

    @AfterEach
    void close() {
        producers.forEach(producer -> producer.close(Duration.ZERO));
        consumers.forEach(consumer -> consumer.close(CloseOptions.timeout(Duration.ZERO)));
        log.close();
    }

    @Test
    void aFinishedJobIsAnnouncedOnceWhateverFollowsItsEnd() throws Exception {
        JobId cancelled = log.submit();
        log.append(cancelled, new JobEvent.Cancelled("client"));
        log.append(cancelled, new JobEvent.Cancelled("client"));
        log.append(cancelled, new JobEvent.Deleted("client"));
        JobId failed = log.submit();
        log.append(failed, new JobEvent.JobFailed(0, 1, new JobError(FailureCode.OUT_OF_MEMORY, "too large")));
        JobId waiting = log.submit();

        ResultTerm term = term("a", 1000);
        Awaitility.await().atMost(Duration.ofSeconds(30)).pollInSameThread().until(() -> {
            term.step(Duration.ofMillis(500));
            return log.committed().size() >= 2;
        });

        assertThat(log.committed())
                .extracting(message -> Announcements.header(message, "ce_id"))
                .containsExactlyInAnyOrder(cancelled + "/cancelled", failed + "/failed")
                .doesNotContain(waiting.toString());
        VideoResult result = log.committed().stream()
                .map(message -> VideoResultCodec.read(message.value()))
                .filter(found -> found.job().equals(failed))
                .findFirst()
                .orElseThrow();
        assertThat(result.state()).isEqualTo(ResultState.FAILED);
        assertThat(result.error()).isEqualTo(new JobError(FailureCode.OUT_OF_MEMORY, "too large"));
        assertThat(new String(log.committed().get(0).value(), java.nio.charset.StandardCharsets.UTF_8))
                .as("no prompt")
                .doesNotContain("a cat");
    }

    @Test
    void whoHasBeenReplacedWritesNothingMore() throws Exception {
        ResultTerm old = term("a", 1000);
        until(old, log.submit());
        ResultTerm replacing = term("a", 1000);
        JobId id = log.submit();
        log.append(id, new JobEvent.Cancelled("client"));
        Awaitility.await().pollInSameThread().until(() -> replacing.step(Duration.ofMillis(200)) == 1);

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 50; i++) {
                        old.step(Duration.ofMillis(100));
                    }
                })
                .isInstanceOf(KafkaException.class);
        assertThat(log.committed()).hasSize(1);
    }

    /** Dies at every kind of place inside and between transactions, and nothing is closed. */
    @Test
    @Tag("slow")
    void everyJobIsAnnouncedOnceThoughItsGatewayIsKilledAgainAndAgain() throws Exception {
        List<JobId> jobs = new ArrayList<>();
        CompletableFuture<Void> finishing = CompletableFuture.runAsync(() -> finish(jobs));
        Random random = new Random(5);
        int insideTransactions = 0;
        for (int deaths = 0; deaths < DEATHS; deaths++) {
            ResultTerm term = term("a", random.nextInt(24));
            try {
                for (int steps = 0; steps < 40 && !(finishing.isDone() && steps > 5); steps++) {
                    term.step(Duration.ofMillis(50));
                }
            } catch (DyingProducer.Death e) {
                insideTransactions++;
            }
        }
        finishing.join();
        ResultTerm last = term("a", 100_000);
        Awaitility.await().atMost(Duration.ofSeconds(30)).pollInSameThread().until(() -> {
            last.step(Duration.ofMillis(200));
            return log.committed().size() >= JOBS;
        });
        for (int more = 0; more < 5; more++) {
            last.step(Duration.ofMillis(100));
        }

        List<String> ids = log.committed().stream()
                .map(message -> Announcements.header(message, "ce_id"))
                .toList();
        assertThat(insideTransactions).as("deaths inside a transaction").isGreaterThan(DEATHS / 4);
        assertThat(ids)
                .hasSize(JOBS)
                .doesNotHaveDuplicates()
                .containsAll(jobs.stream().map(id -> id + "/cancelled").toList());
    }

    private void finish(List<JobId> jobs) {
        try {
            for (int i = 0; i < JOBS; i++) {
                JobId id = log.submit();
                jobs.add(id);
                log.append(id, new JobEvent.Cancelled("client"));
                log.append(id, new JobEvent.Deleted("client"));
                CompletableFuture.runAsync(
                                () -> {},
                                CompletableFuture.delayedExecutor(30, java.util.concurrent.TimeUnit.MILLISECONDS))
                        .join();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Steps until the term has its partitions and has read this job. */
    private void until(ResultTerm term, JobId id) throws Exception {
        log.append(id, new JobEvent.Admitted());
        for (int i = 0; i < 5; i++) {
            term.step(Duration.ofMillis(200));
        }
    }

    private ResultTerm term(String gateway, int halfCall) {
        Consumer<String, byte[]> consumer = log.clients.groupConsumer(log.group, gateway, "test-results");
        consumers.add(consumer);
        Producer<String, byte[]> producer = log.clients.transactionalProducer(log.group + "-" + gateway);
        producers.add(producer);
        return new ResultTerm(
                consumer, DyingProducer.of(producer, halfCall), List.of(Announcements.into(log.topic, log::isMine)));
    }
}
