package io.wanstreams.transport.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.job.RecordedEvent;
import io.wanstreams.contracts.json.JobEventCodec;
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

class JobLogFeedIT {

    private static final Duration MOMENT = Duration.ofSeconds(20);

    private TestKafka kafka;

    @BeforeEach
    void open() throws Exception {
        kafka = TestKafka.shared();
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void hearsTheWholeLogAndWhatComes() throws Exception {
        JobId before = kafka.admitted();
        List<RecordedEvent> heard = new CopyOnWriteArrayList<>();
        try (JobLogFeed feed = new JobLogFeed(kafka.clients, (event, after) -> {
            assertThat(after.next()).isEqualTo(event.offset() + 1);
            heard.add(event);
        })) {
            assertThat(feed.awaitCaughtUp(MOMENT)).isTrue();
            assertThat(of(heard, before)).hasSize(2);

            JobId during = kafka.admitted();
            LogPosition cancelled = kafka.append(during, new JobEvent.Cancelled("client"));

            assertThat(feed.awaitPast(cancelled, MOMENT)).isTrue();
            assertThat(of(heard, during)).containsExactly("Submitted", "Admitted", "Cancelled");
            assertThat(feed.position(cancelled.partition()).next()).isGreaterThan(cancelled.offset());
            await().atMost(MOMENT).until(() -> feed.sinceCaughtUp().compareTo(Duration.ofSeconds(1)) < 0);
            LogPosition never = new LogPosition(cancelled.partition(), cancelled.offset() + 1_000, cancelled.time());
            assertThat(feed.awaitPast(never, Duration.ofMillis(1))).isFalse();
        }
    }

    /** An event of tomorrow stops its own job and nobody else's; a record without a job id is nobody's. */
    @Test
    void anUnknownEventLeavesItsJobAlone() throws Exception {
        JobId id = kafka.admitted();
        try (Producer<String, byte[]> producer = kafka.clients.eventProducer("tomorrow")) {
            ProducerRecord<String, byte[]> unknown =
                    new ProducerRecord<>(Topics.JOBS, id.toString(), "{}".getBytes(StandardCharsets.UTF_8));
            unknown.headers()
                    .add(JobEventCodec.TYPE_HEADER, "io.wanstreams.job.paused.v1".getBytes(StandardCharsets.UTF_8));
            producer.send(unknown).get(30, TimeUnit.SECONDS);
            producer.send(new ProducerRecord<>(Topics.JOBS, kafka.partition(id), "no id", new byte[] {1}))
                    .get(30, TimeUnit.SECONDS);
            producer.send(new ProducerRecord<>(Topics.JOBS, kafka.partition(id), null, null))
                    .get(30, TimeUnit.SECONDS);
        }
        kafka.append(id, new JobEvent.Cancelled("client"));
        JobId other = kafka.admitted();

        Job job = kafka.job(id);
        assertThat(job.phase()).isInstanceOf(Phase.Unreadable.class);
        assertThat(kafka.job(other).phase()).isInstanceOf(Phase.Waiting.class);
    }

    private static List<String> of(List<RecordedEvent> events, JobId id) {
        return events.stream()
                .filter(event -> event.id().equals(id))
                .map(event -> event.event().getClass().getSimpleName())
                .toList();
    }
}
