package io.wanstreams.transport.verify;

import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.TransportException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Questions to the broker about topics and their ends, within bounds of time. */
final class Offsets {

    private static final String OURS = "wan.";

    private final Admin admin;

    Offsets(Admin admin) {
        this.admin = admin;
    }

    /** All partitions of our topics, by topic. */
    Map<String, List<TopicPartition>> partitions() {
        List<String> names = answer(admin.listTopics().names(), "list its topics").stream()
                .filter(name -> name.startsWith(OURS))
                .toList();
        Map<String, TopicDescription> topics =
                answer(admin.describeTopics(names).allTopicNames(), "describe its topics");
        Map<String, List<TopicPartition>> partitions = new TreeMap<>();
        topics.forEach((name, topic) -> partitions.put(
                name,
                IntStream.range(0, topic.partitions().size())
                        .mapToObj(p -> new TopicPartition(name, p))
                        .toList()));
        return partitions;
    }

    Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions) {
        return ask(partitions, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
    }

    /** Up to where readers of committed records get: the end, or the first record of an open transaction. */
    Map<TopicPartition, Long> committedEnds(Collection<TopicPartition> partitions) {
        return ask(partitions, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
    }

    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        return ask(partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
    }

    private Map<TopicPartition, Long> ask(
            Collection<TopicPartition> partitions, OffsetSpec spec, IsolationLevel isolation) {
        Map<TopicPartition, OffsetSpec> wanted =
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> spec));
        Map<TopicPartition, ListOffsetsResultInfo> found = answer(
                admin.listOffsets(wanted, new ListOffsetsOptions(isolation)).all(), "tell offsets");
        return found.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    /** @throws TransportException when the broker gives no answer, or a refusal */
    static <T> T answer(Future<T> future, String what) {
        try {
            return future.get(KafkaClients.CALL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new TransportException("Kafka did not " + what + ": " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new TransportException("Kafka did not " + what + " in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportException("Interrupted while asking Kafka to " + what, e);
        }
    }
}
