package io.wanstreams.transport.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.progress.Heartbeat;
import io.wanstreams.contracts.progress.Preview;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.transport.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
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
    private final List<Preview> seen = new CopyOnWriteArrayList<>();
    private TestKafka kafka;
    private ProgressFeed feed;

    @BeforeEach
    void open() throws Exception {
        kafka = TestKafka.shared();
        feed = new ProgressFeed(
                kafka.clients,
                heartbeat -> {
                    if (heartbeat.job().equals(job)) {
                        heard.add(heartbeat);
                    }
                },
                preview -> {
                    if (preview.job().equals(job)) {
                        seen.add(preview);
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

    /** While one is being made, all that come but the last are passed over; one that cannot be made harms nobody. */
    @Test
    void onlyTheNewestPreviewIsMadeAndSent() throws Exception {
        try (Heartbeats heartbeats = new Heartbeats(kafka.clients);
                Heartbeats.Beat beat = heartbeats.start(job, StageName.DENOISE, 17, "w")) {
            CountDownLatch making = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            beat.preview(1, 20, () -> {
                making.countDown();
                awaitNow(go);
                return jpeg(1);
            });
            awaitNow(making);
            for (int step = 2; step <= 9; step++) {
                int made = step;
                beat.preview(step, 20, () -> jpeg(made));
            }
            go.countDown();
            await().atMost(MOMENT).until(() -> seen.size() == 2);
            assertThat(seen).extracting(Preview::step).containsExactly(1, 9);
            assertThat(seen.get(1).jpeg()).isEqualTo(jpeg(9));
            assertThat(seen.get(1).turn()).isEqualTo(17);

            beat.preview(10, 20, () -> {
                throw new IllegalStateException("no picture");
            });
            beat.progress(10, 20);
            await().atMost(MOMENT).until(() -> !heard.isEmpty() && last().step() == 10);
            beat.preview(11, 20, () -> jpeg(11));
            await().atMost(MOMENT).until(() -> seen.size() == 3);
        }
    }

    private static byte[] jpeg(int step) {
        return new byte[] {(byte) 0xff, (byte) 0xd8, (byte) step};
    }

    private static void awaitNow(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
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
