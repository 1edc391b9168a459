package io.wanstreams.transport.topic;

import io.wanstreams.contracts.topic.TopicSpec;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.TransportException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the topics and share groups of a plan, and looks whether those that exist are as they must be. */
public final class TopicProvisioner {

    private static final Logger log = LoggerFactory.getLogger(TopicProvisioner.class);

    private static final long LOOK_AGAIN_MILLIS = 100;

    private final Admin admin;

    public TopicProvisioner(KafkaClients clients) {
        this.admin = clients.admin();
    }

    /**
     * Creates what is missing and checks what is there. Safe to repeat, also by several services at once.
     *
     * @throws TopicMismatchException when a topic exists and differs in what matters
     * @throws TransportException when the broker does not answer in time
     */
    public void provision(TopicPlan plan) throws InterruptedException {
        createTopics(plan);
        placeShareGroups(plan);
    }

    /**
     * The first half of {@link #provision}: the topics alone. Services can start on them.
     *
     * @throws TopicMismatchException when a topic exists and differs in what matters
     * @throws TransportException when the broker does not answer in time
     */
    public void createTopics(TopicPlan plan) throws InterruptedException {
        List<TopicSpec> topics = plan.topics();
        Set<String> existing = get(admin.listTopics().names(), "list topics");
        check(topics.stream().filter(topic -> existing.contains(topic.name())).toList(), plan.profile());
        create(topics.stream().filter(topic -> !existing.contains(topic.name())).toList(), plan.profile());
        configure(plan.shareGroups());
    }

    /**
     * The second half, which takes a new broker some seconds: workers that come before their group has its place give it one
     * themselves, the same.
     *
     * @throws TransportException when the broker does not answer in time
     */
    public void placeShareGroups(TopicPlan plan) throws InterruptedException {
        for (String group : plan.shareGroups()) {
            startAtFirstTicket(group);
        }
    }

    /**
     * Checks the topics of a plan without changing anything.
     *
     * @throws TopicMismatchException when one is missing or differs in what matters
     */
    public void check(TopicPlan plan) throws InterruptedException {
        Set<String> existing = get(admin.listTopics().names(), "list topics");
        List<String> missing = plan.topics().stream()
                .map(TopicSpec::name)
                .filter(name -> !existing.contains(name))
                .toList();
        if (!missing.isEmpty()) {
            throw new TopicMismatchException("Kafka lacks the topics " + String.join(", ", missing)
                    + "; create them, or start with wan.topics.provision=local or cluster");
        }
        check(plan.topics(), plan.profile());
    }

    private void check(List<TopicSpec> topics, TopicPlan.Profile profile) throws InterruptedException {
        List<String> names = topics.stream().map(TopicSpec::name).toList();
        Map<String, TopicDescription> described =
                get(admin.describeTopics(names).allTopicNames(), "describe topics");
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<ConfigResource, Config> configs =
                get(admin.describeConfigs(resources).all(), "describe topics");
        for (TopicSpec topic : topics) {
            TopicDescription description = described.get(topic.name());
            Config config = configs.get(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()));
            if (description != null && config != null) {
                TopicRules.check(topic, profile, description.partitions().size(), config);
            }
        }
    }

    private void create(List<TopicSpec> topics, TopicPlan.Profile profile) throws InterruptedException {
        List<NewTopic> missing = topics.stream()
                .map(topic -> new NewTopic(topic.name(), profile.partitions(topic), (short) profile.replicas())
                        .configs(TopicConfigs.of(topic, profile)))
                .toList();
        for (Map.Entry<String, KafkaFuture<Void>> topic :
                admin.createTopics(missing).values().entrySet()) {
            try {
                getOrFail(topic.getValue());
                log.atInfo().addKeyValue("topic", topic.getKey()).log("Topic created");
            } catch (ExecutionException e) {
                // Another service was faster; it made it from the same table.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw trouble("create topic " + topic.getKey(), e.getCause());
                }
            }
        }
    }

    private void configure(Collection<String> groups) throws InterruptedException {
        List<AlterConfigOp> operations = TopicConfigs.shareGroup().entrySet().stream()
                .map(entry ->
                        new AlterConfigOp(new ConfigEntry(entry.getKey(), entry.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        Map<ConfigResource, Collection<AlterConfigOp>> changes = groups.stream()
                .collect(Collectors.toMap(
                        group -> new ConfigResource(ConfigResource.Type.GROUP, group), group -> operations));
        get(admin.incrementalAlterConfigs(changes).all(), "configure share groups");
    }

    /**
     * Gives a new group its place, so that its lag is known before its first worker comes. On a group that has one the
     * same call would hand out every ticket again.
     */
    private void startAtFirstTicket(String group) throws InterruptedException {
        long deadline = System.nanoTime() + KafkaClients.CALL_TIMEOUT.toNanos();
        while (true) {
            try {
                if (offsetsOf(group).isEmpty()) {
                    getOrFail(admin.alterShareGroupOffsets(group, Map.of(new TopicPartition(group, 0), 0L))
                            .all());
                    log.atInfo().addKeyValue("topic", group).log("Share group placed at its first ticket");
                }
                return;
            } catch (ExecutionException e) {
                // Somebody works already, so the group has its place.
                if (e.getCause() instanceof GroupNotEmptyException) {
                    return;
                }
                // The group's coordinator hears of a new topic a moment later than its maker.
                boolean early = e.getCause() instanceof RetriableException && System.nanoTime() < deadline;
                if (!early) {
                    throw trouble("place share group " + group, e.getCause());
                }
                Thread.sleep(LOOK_AGAIN_MILLIS);
            }
        }
    }

    private Map<TopicPartition, ?> offsetsOf(String group) throws InterruptedException, ExecutionException {
        try {
            return getOrFail(admin.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
                    .partitionsToOffsetInfo(group));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Map.of();
            }
            throw e;
        }
    }

    private static <T> T get(KafkaFuture<T> future, String what) throws InterruptedException {
        try {
            return getOrFail(future);
        } catch (ExecutionException e) {
            throw trouble(what, e.getCause());
        }
    }

    private static <T> T getOrFail(KafkaFuture<T> future) throws InterruptedException, ExecutionException {
        try {
            return future.get(2 * KafkaClients.CALL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new TransportException(
                    "Kafka did not answer within " + 2 * KafkaClients.CALL_TIMEOUT.toSeconds()
                            + " s; is a broker of version 4.2 or later there?",
                    e);
        }
    }

    private static TransportException trouble(String what, @Nullable Throwable cause) {
        return new TransportException("Kafka did not " + what + ": " + cause, new ExecutionException(cause));
    }
}
