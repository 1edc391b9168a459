package io.wanstreams.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LanesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Lanes lanes = new Lanes();
    private long next;

    @Test
    void oneJobsEventsGoOneAfterTheOther() {
        queue("job", "a", "video.completed");
        queue("job", "b", "video.failed");
        queue("other", "c", "video.completed");

        assertThat(depart()).containsExactly("a", "c");
        assertThat(depart()).isEmpty();
        end("job", "a");

        assertThat(depart()).containsExactly("b");
    }

    @Test
    void aFailedAttemptHoldsItsLaneUntilItIsDue() {
        queue("job", "a", "video.completed");
        Delivery flown = lanes.depart(NOW, 10, 10, new HashMap<>()).get(0);
        lanes.landed(flown);
        apply("job", new DeliveryRecord.Attempted("a", "r", 1, NOW.plusSeconds(10), "status 500"));
        apply("job", new DeliveryRecord.Attempted("a", "r", 1, NOW, "the same line, read back"));

        assertThat(depart(NOW.plusSeconds(9))).isEmpty();
        assertThat(depart(NOW.plusSeconds(10))).containsExactly("a");
    }

    @Test
    void progressIsOnlyTheLatestValue() {
        queue("job", "stage 1", WebhookEvent.PROGRESS);
        queue("job", "stage 2", WebhookEvent.PROGRESS);
        queue("job", "end", "video.completed");

        assertThat(lanes.size()).isEqualTo(1);
        assertThat(depart()).containsExactly("end");
    }

    @Test
    void progressOnItsWayIsNotOvertaken() {
        queue("job", "stage 1", WebhookEvent.PROGRESS);
        Delivery flown = lanes.depart(NOW, 10, 10, new HashMap<>()).get(0);
        queue("job", "end", "video.completed");

        assertThat(depart()).isEmpty();
        lanes.landed(flown);
        apply("job", new DeliveryRecord.Attempted("stage 1", "r", 1, NOW.plusSeconds(10), "status 500"));

        assertThat(depart()).as("it failed and there is news").containsExactly("end");
        assertThat(lanes.size()).isEqualTo(1);
    }

    @Test
    void noReceiverGetsMoreThanItsShare() {
        for (int job = 0; job < 5; job++) {
            queue("job " + job, "event " + job, "video.completed");
        }

        assertThat(lanes.depart(NOW, 10, 2, new HashMap<>())).hasSize(2);
        assertThat(lanes.depart(NOW, 10, 2, lanes.flying())).isEmpty();
        assertThat(lanes.flying()).containsEntry("r", 2);
    }

    @Test
    void linesThatDoNotFitChangeNothing() {
        end("job", "a");
        apply("job", new DeliveryRecord.Attempted("a", "r", 1, NOW, "status 500"));
        queue("job", "b", "video.completed");
        end("job", "a");

        assertThat(lanes.size()).isEqualTo(1);
        assertThat(depart()).containsExactly("b");
    }

    private void queue(String job, String event, String type) {
        apply(job, new DeliveryRecord.Queued(event, "r", null, type, "{}"));
    }

    private void end(String job, String event) {
        lanes.landed(
                new Delivery(job, new DeliveryRecord.Queued(event, "r", null, "video.completed", "{}"), 0, 0, 0, NOW));
        apply(job, new DeliveryRecord.Ended(event, "r", "delivered"));
    }

    private void apply(String job, DeliveryRecord line) {
        lanes.apply(job, 0, next++, NOW, DeliveryJson.read(DeliveryJson.write(line)));
    }

    private List<String> depart() {
        return depart(NOW);
    }

    private List<String> depart(Instant now) {
        return lanes.depart(now, 10, 10, lanes.flying()).stream()
                .map(delivery -> delivery.queued().event())
                .toList();
    }
}
