package io.wanstreams.transport.progress;

import io.wanstreams.contracts.json.ContractJson;
import io.wanstreams.contracts.progress.Heartbeat;
import io.wanstreams.contracts.progress.Preview;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.PartitionFeed;
import io.wanstreams.transport.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears all heartbeats and previews from now on; every reader hears all of them. Nothing is queued. */
public final class ProgressFeed implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ProgressFeed.class);

    private final PartitionFeed feed;

    /** Starts listening to heartbeats alone. */
    public ProgressFeed(KafkaClients clients, HeartbeatListener listener) {
        this(clients, listener, preview -> {});
    }

    /**
     * Starts listening, on a thread of its own.
     *
     * @throws io.wanstreams.transport.TransportException when there is no progress topic
     */
    public ProgressFeed(KafkaClients clients, HeartbeatListener listener, PreviewListener previews) {
        this.feed = PartitionFeed.fromEnd(
                Topic.of(clients.admin(), Topics.PROGRESS),
                clients.followConsumer("wan-progress"),
                message -> hear(message, listener, previews));
    }

    /** Waits until the feed has heard everything that was said before this call; false when time runs out. */
    public boolean awaitCaughtUp(Duration timeout) throws InterruptedException {
        return feed.awaitCaughtUp(timeout);
    }

    /** How long ago the feed last knew that it had heard everything: silence counts only while this is short. */
    public Duration sinceCaughtUp() {
        return feed.sinceCaughtUp();
    }

    @Override
    public void close() {
        feed.close();
    }

    private static void hear(
            ConsumerRecord<String, byte[]> message, HeartbeatListener listener, PreviewListener previews) {
        try {
            byte[] value = message.value() == null ? new byte[0] : message.value();
            Map<String, String> headers = headers(message);
            if (Preview.MEDIA_TYPE.equals(headers.get("content-type"))) {
                previews.onPreview(Preview.parse(headers, value));
            } else {
                listener.onHeartbeat(ContractJson.read(value, Heartbeat.class));
            }
        } catch (IllegalArgumentException e) {
            log.atDebug()
                    .addKeyValue("partition", message.partition())
                    .addKeyValue("offset", message.offset())
                    .addKeyValue("problem", e.getMessage())
                    .log("Progress not understood");
        }
    }

    private static Map<String, String> headers(ConsumerRecord<String, byte[]> message) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : message.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return headers;
    }
}
