package io.wanstreams.transport.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.job.RequeueReason;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.kafka.embedded.SharedBroker;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.TestKafka;
import io.wanstreams.transport.testing.InMemoryBundleStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A worker's process is stopped (SIGSTOP) at work, given up for lost, and wakes when another has done its work. */
@Tag("slow")
class SleepingWorkerIT {

    /** Longer than any transaction may last; to the protocol this is as good as an hour. */
    private static final Duration SLEEP = KafkaClients.TRANSACTION_TIMEOUT.plusSeconds(3);

    @Test
    void whatItSaysAfterwardsDoesNotCount() throws Exception {
        try (TestKafka kafka = TestKafka.shared()) {
            Process sleeper = start(kafka);
            try (BufferedReader out = sleeper.inputReader()) {
                JobId id = kafka.admitted();
                assertThat(out.readLine()).isEqualTo("works on " + id);
                Phase.Running running = kafka.await(id, Phase.Running.class);
                signal("STOP", sleeper);
                long asleep = System.nanoTime();
                kafka.dispatch(
                        id, new JobEvent.Requeued(StageName.ENCODE, running.at().turn(), RequeueReason.WORKER_LOST));
                finishElsewhere(kafka, id);
                await().atMost(Duration.ofMinutes(1)).until(() -> System.nanoTime() - asleep > SLEEP.toNanos());

                sleeper.getOutputStream().close();
                signal("CONT", sleeper);

                // It is awake again when it takes the next job.
                JobId next = kafka.admitted();
                assertThat(out.readLine()).isEqualTo("works on " + next);
                await().atMost(TestKafka.PATIENCE)
                        .until(() -> kafka.job(next).text("result").isPresent());
                assertThat(kafka.job(id).text("result")).contains("other");
                assertThat(kafka.job(id).completed()).hasSize(1);
                assertThat(kafka.job(id).phase()).isInstanceOf(Phase.Waiting.class);
            } finally {
                sleeper.destroyForcibly();
            }
        }
    }

    private static void finishElsewhere(TestKafka kafka, JobId id) {
        WorkerSettings settings = WorkerSettings.of(StageName.ENCODE, kafka.model, "other/" + kafka.model, Map.of());
        try (InMemoryBundleStore bundles = new InMemoryBundleStore();
                StageRunner other = StageRunner.start(
                        kafka.clients,
                        bundles,
                        settings,
                        run -> new StageOutput(StageOutputs.ofText(Map.of("result", "other")), Duration.ZERO))) {
            await().atMost(TestKafka.PATIENCE)
                    .until(() -> kafka.job(id).text("result").isPresent());
            await().atMost(TestKafka.PATIENCE).until(() -> !other.isBusy());
        }
    }

    private static Process start(TestKafka kafka) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WaitingWorker.class.getName(),
                        SharedBroker.bootstrapServers(),
                        kafka.model)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void signal(String name, Process process) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }
}
