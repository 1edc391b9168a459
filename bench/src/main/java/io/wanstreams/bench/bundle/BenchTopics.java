package io.wanstreams.bench.bundle;

import io.wanstreams.contracts.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** The two topics of the comparison, made where they are missing. */
final class BenchTopics {

    private static final String BARE = "wan.bench.bare";

    private BenchTopics() {}

    /** Makes the bundles' topic and one for the bare clients, whose name is returned. */
    static String create(String bootstrapServers) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            for (String topic : List.of(Topics.TENSORS, BARE)) {
                createIfMissing(admin, topic);
            }
        }
        return BARE;
    }

    private static void createIfMissing(Admin admin, String topic) throws ExecutionException, InterruptedException {
        NewTopic wanted = new NewTopic(topic, Optional.of(1), Optional.empty())
                .configs(Map.of("retention.ms", "3600000", "message.timestamp.type", "LogAppendTime"));
        try {
            admin.createTopics(List.of(wanted)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }
}
