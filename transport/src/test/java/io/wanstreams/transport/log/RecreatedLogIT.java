package io.wanstreams.transport.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.job.RecordedEvent;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.kafka.embedded.BrokerSettings;
import io.wanstreams.kafka.embedded.EmbeddedKafka;
import io.wanstreams.transport.TestKafka;
import io.wanstreams.transport.stage.StageOutput;
import io.wanstreams.transport.stage.StageRunner;
import io.wanstreams.transport.stage.WorkerSettings;
import io.wanstreams.transport.testing.InMemoryBundleStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody deletes the job log under its readers and makes a new one. */
@Tag("slow")
class RecreatedLogIT {

    @Test
    void nobodyTakesTheNewLogForTheOld(@TempDir Path directory) throws Exception {
        Queue<RecordedEvent> heard = new ConcurrentLinkedQueue<>();
        try (EmbeddedKafka broker = EmbeddedKafka.start(BrokerSettings.in(directory));
                TestKafka before = TestKafka.on(broker.bootstrapServers());
                InMemoryBundleStore bundles = new InMemoryBundleStore();
                JobLogFeed feed = new JobLogFeed(before.clients, (event, after) -> heard.add(event))) {
            JobId old = before.admitted();
            await().atMost(TestKafka.PATIENCE).until(() -> heard.size() == 2);
            recreate(before);

            try (TestKafka now = before.again();
                    StageRunner worker = StageRunner.start(
                            now.clients,
                            bundles,
                            WorkerSettings.of(StageName.ENCODE, now.model, "w", Map.of()),
                            run -> new StageOutput(StageOutputs.ofText(Map.of()), Duration.ZERO))) {
                await().atMost(TestKafka.PATIENCE).until(worker::isReady);
                JobId fresh = now.admitted();

                await().atMost(TestKafka.PATIENCE)
                        .until(() -> now.job(fresh).completed().size() == 1);

                assertThat(now.job(fresh).phase()).isInstanceOf(Phase.Waiting.class);
                assertThat(now.events(old)).isEmpty();
                assertThat(heard).extracting(RecordedEvent::id).containsOnly(old);
                assertThat(feed.awaitCaughtUp(Duration.ofSeconds(3))).isFalse();
                // The ticket into the old log was accepted and forgotten, not taken for one of the new.
                await().atMost(TestKafka.PATIENCE).until(() -> Long.valueOf(0).equals(now.lag(StageName.ENCODE)));
            }
        }
    }

    private static void recreate(TestKafka kafka) throws Exception {
        kafka.clients.admin().deleteTopics(List.of(Topics.JOBS)).all().get();
        await().atMost(TestKafka.PATIENCE)
                .until(() -> !kafka.clients.admin().listTopics().names().get().contains(Topics.JOBS));
    }
}
