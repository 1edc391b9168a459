package io.wanstreams.transport.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.kafka.embedded.BrokerSettings;
import io.wanstreams.kafka.embedded.EmbeddedKafka;
import io.wanstreams.tensors.Tensor;
import io.wanstreams.transport.TestKafka;
import io.wanstreams.transport.bundle.KafkaBundleStore;
import io.wanstreams.transport.stage.StageOutput;
import io.wanstreams.transport.stage.StageRunner;
import io.wanstreams.transport.stage.WorkerSettings;
import io.wanstreams.transport.testing.InMemoryBundleStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker's restart forgets every lease (kafka-notes trap 2); what counts stands in the log. */
class BrokerRestartIT {

    @Test
    void aRestartChangesNothing(@TempDir Path directory) throws Exception {
        EmbeddedKafka broker = EmbeddedKafka.start(BrokerSettings.in(directory));
        int port = Integer.parseInt(broker.bootstrapServers().split(":", 2)[1]);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch restarted = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        try (TestKafka kafka = TestKafka.on(broker.bootstrapServers());
                InMemoryBundleStore bundles = new InMemoryBundleStore();
                DeadLetters deadLetters = new DeadLetters(kafka.clients);
                TicketQueue denoise = new TicketQueue(kafka.clients, StageName.DENOISE, kafka.model, deadLetters);
                TicketQueue encode = new TicketQueue(kafka.clients, StageName.ENCODE, kafka.model, deadLetters)) {
            WorkerSettings settings = WorkerSettings.of(StageName.ENCODE, kafka.model, "w", Map.of());
            try (StageRunner worker = StageRunner.start(kafka.clients, bundles, settings, run -> {
                runs.incrementAndGet();
                running.countDown();
                restarted.await();
                return new StageOutput(StageOutputs.ofText(Map.of()), Duration.ZERO);
            })) {
                JobId id = kafka.admitted();
                running.await();
                // Somebody holds a ticket that it has not accepted when the broker goes.
                JobId second = kafka.admitted();
                TicketLease held = await().atMost(TestKafka.PATIENCE)
                        .until(encode::poll, Optional::isPresent)
                        .orElseThrow();
                assertThat(held.ticket().job().id()).isEqualTo(second);

                broker.close();
                broker = EmbeddedKafka.start(BrokerSettings.in(directory).withPort(port));
                restarted.countDown();
                // Too late: the lease is forgotten. No error, the ticket comes back and the log knows it.
                encode.accept(held);

                for (JobId job : List.of(id, second)) {
                    await().atMost(Duration.ofSeconds(60))
                            .ignoreExceptions()
                            .until(() -> kafka.job(job).completed().size() == 1);
                    assertThat(kafka.events(job).stream().filter(e -> e.event() instanceof JobEvent.Completed))
                            .hasSize(1);
                }
                assertThat(runs).hasValue(2);
                List<JobId> next = new ArrayList<>();
                await().atMost(TestKafka.PATIENCE).until(() -> {
                    denoise.poll().ifPresent(lease -> {
                        denoise.accept(lease);
                        next.add(lease.ticket().job().id());
                    });
                    return next.size() == 2;
                });
                assertThat(next).containsExactlyInAnyOrder(id, second);
                assertThat(worker.isReady()).isTrue();
            }
        } finally {
            restarted.countDown();
            broker.close();
        }
    }

    /** A result, a checkpoint and an event fall into the time without a broker; the stage runs once. */
    @Test
    @Tag("slow")
    void aMinuteWithoutABrokerThrowsNoWorkAway(@TempDir Path directory) throws Exception {
        EmbeddedKafka broker = EmbeddedKafka.start(BrokerSettings.in(directory));
        int port = Integer.parseInt(broker.bootstrapServers().split(":", 2)[1]);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        try (TestKafka kafka = TestKafka.on(broker.bootstrapServers());
                KafkaBundleStore bundles = new KafkaBundleStore(kafka.clients)) {
            WorkerSettings settings = WorkerSettings.of(StageName.ENCODE, kafka.model, "w", Map.of());
            try (StageRunner worker = StageRunner.start(kafka.clients, bundles, settings, run -> {
                runs.incrementAndGet();
                running.countDown();
                stopped.await();
                run.beginCheckpoint(1, () -> Map.of("latents", Tensor.of(new float[] {1}, 1)));
                return new StageOutput(
                        StageOutputs.ofBundles(Map.of(
                                StageOutputs.LATENTS,
                                run.writeTensors(Map.of("latents", Tensor.of(new float[] {2}, 1))))),
                        Duration.ZERO);
            })) {
                JobId id = kafka.admitted();
                running.await();

                broker.close();
                stopped.countDown();
                long away = System.nanoTime();
                await().atMost(Duration.ofMinutes(2))
                        .until(() ->
                                System.nanoTime() - away > Duration.ofMinutes(1).toNanos());
                broker = EmbeddedKafka.start(BrokerSettings.in(directory).withPort(port));

                await().atMost(Duration.ofSeconds(60))
                        .ignoreExceptions()
                        .until(() -> kafka.job(id).completed().size() == 1);
                assertThat(runs).hasValue(1);
                assertThat(kafka.job(id).completed().get(0).worker()).isEqualTo("w");
                assertThat(worker.isReady()).isTrue();
            }
        } finally {
            broker.close();
        }
    }
}
