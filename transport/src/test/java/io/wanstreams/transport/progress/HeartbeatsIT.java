package io.wanstreams.transport.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.progress.Heartbeat;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.transport.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeartbeatsIT {

    private static final Duration MOMENT = Duration.ofSeconds(20);

    private final JobId job = TestKafka.newJobId();
    private final List<Heartbeat> heard = new CopyOnWriteArrayList<>();
    private TestKafka kafka;
    private ProgressFeed feed;

    @BeforeEach
    void open() throws Exception {
        kafka = TestKafka.shared();
        feed = new ProgressFeed(kafka.clients, heartbeat -> {
            if (heartbeat.job().equals(job)) {
                heard.add(heartbeat);
            }
        });
        assertThat(feed.awaitCaughtUp(MOMENT)).isTrue();
    }

    @AfterEach
    void close() {
        feed.close();
        kafka.close();
    }

    @Test
    void beatsEverySecondAndAtEveryStep() throws Exception {
        try (Heartbeats heartbeats = new Heartbeats(kafka.clients)) {
            Heartbeats.Beat beat = heartbeats.start(job, StageName.DENOISE, 17, "w");
            await().atMost(MOMENT).until(() -> heard.size() >= 3);
            assertThat(heard)
                    .allSatisfy(h -> assertThat(h).isEqualTo(new Heartbeat(job, StageName.DENOISE, 17, "w", 0, 0, 0)));

            beat.progress(4, 20);
            await().atMost(MOMENT).until(() -> !heard.isEmpty() && last().step() == 4);
            beat.progress(5, 20);
            await().atMost(MOMENT).until(() -> last().step() == 5);
            assertThat(last().of()).isEqualTo(20);
            assertThat(last().stepsPerSecond()).isPositive();

            beat.close();
            assertThat(feed.awaitCaughtUp(MOMENT)).isTrue();
            int before = heard.size();
            try (Heartbeats.Beat other = heartbeats.start(TestKafka.newJobId(), StageName.DENOISE, 1, "w")) {
                assertThat(other).isNotNull();
                assertThat(feed.awaitCaughtUp(MOMENT)).isTrue();
            }
            assertThat(heard.size() - before).as("beats after the end").isLessThanOrEqualTo(1);
        }
    }

    /** A thousand steps are not a thousand messages, and the last one is heard. */
    @Test
    void stepsThatComeFasterThanTheyAreSentAreSentOnce() throws Exception {
        try (Heartbeats heartbeats = new Heartbeats(kafka.clients);
                Heartbeats.Beat beat = heartbeats.start(job, StageName.DENOISE, 17, "w")) {
            for (int step = 1; step <= 20_000; step++) {
                beat.progress(step, 20_000);
            }
            await().atMost(MOMENT).until(() -> !heard.isEmpty() && last().step() == 20_000);
            assertThat(heard).hasSizeLessThan(10_000);
        }
    }

    @Test
    void garbageIsNotHeardAndDisturbsNobody() throws Exception {
        try (Producer<String, byte[]> producer = kafka.clients.eventProducer("vandal");
                Heartbeats heartbeats = new Heartbeats(kafka.clients)) {
            for (byte[] value : new byte[][] {null, {}, {'{'}, "{}".getBytes(StandardCharsets.UTF_8)}) {
                producer.send(new ProducerRecord<>(Topics.PROGRESS, "x", value)).get(30, TimeUnit.SECONDS);
            }
            try (Heartbeats.Beat beat = heartbeats.start(job, StageName.DENOISE, 17, "w")) {
                beat.progress(1, 2);
                await().atMost(MOMENT).until(() -> !heard.isEmpty());
            }
            await().atMost(MOMENT).until(() -> feed.sinceCaughtUp().compareTo(Duration.ofSeconds(1)) < 0);
        }
    }

    private Heartbeat last() {
        return heard.get(heard.size() - 1);
    }
}
