package io.wanstreams.transport;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * A topic as it is now.
 *
 * @param id changes when the topic is deleted and made again
 */
public record Topic(String name, String id, int partitions) {

    /**
     * Asks the broker.
     *
     * @throws TransportException when there is no such topic, or no answer
     */
    public static Topic of(Admin admin, String name) {
        try {
            TopicDescription description = admin.describeTopics(List.of(name))
                    .allTopicNames()
                    .get(KafkaClients.CALL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .get(name);
            if (description == null) {
                throw new TransportException("Kafka described other topics than " + name);
            }
            return new Topic(
                    name,
                    description.topicId().toString(),
                    description.partitions().size());
        } catch (ExecutionException e) {
            throw new TransportException(
                    e.getCause() instanceof UnknownTopicOrPartitionException
                            ? "Kafka has no topic " + name
                                    + "; create the topics first (wan.topics.provision=local or cluster does)"
                            : "Kafka did not describe topic " + name + ": " + e.getCause(),
                    e);
        } catch (TimeoutException e) {
            throw new TransportException("Kafka did not describe topic " + name + " in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportException("Interrupted while asking for topic " + name, e);
        }
    }
}
