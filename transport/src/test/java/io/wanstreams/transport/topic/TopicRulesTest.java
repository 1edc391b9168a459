package io.wanstreams.transport.topic;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.contracts.topic.TopicSpec;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.transport.topic.TopicPlan.Profile;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.junit.jupiter.api.Test;

class TopicRulesTest {

    @Test
    void acceptsWhatTheProvisionerMakes() {
        for (Profile profile : Profile.values()) {
            for (TopicSpec spec : Topics.fixed()) {
                Config config = config(TopicConfigs.of(spec, profile));
                assertThatCode(() -> TopicRules.check(spec, profile, profile.partitions(spec), config))
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void wantsTheBrokersClockInTheJobLog() {
        TopicSpec jobs = named(Topics.JOBS);
        Map<String, String> config = new HashMap<>(TopicConfigs.of(jobs, Profile.LOCAL));
        config.put("message.timestamp.type", "CreateTime");

        assertThatThrownBy(() -> TopicRules.check(jobs, Profile.LOCAL, 4, config(config)))
                .isInstanceOf(TopicMismatchException.class)
                .hasMessage(
                        "Topic wan.jobs has message.timestamp.type=CreateTime, expected LogAppendTime: a job's times"
                                + " must come from one clock; set message.timestamp.type=LogAppendTime");
    }

    @Test
    void letsOtherTopicsHaveMorePartitions() {
        TopicSpec tensors = named(Topics.TENSORS);
        assertThatCode(() ->
                        TopicRules.check(tensors, Profile.LOCAL, 48, config(TopicConfigs.of(tensors, Profile.LOCAL))))
                .doesNotThrowAnyException();
        TopicSpec dispatch = named(Topics.DISPATCH);
        assertThatThrownBy(() -> TopicRules.check(
                        dispatch, Profile.CLUSTER, 2, config(TopicConfigs.of(dispatch, Profile.CLUSTER))))
                .isInstanceOf(TopicMismatchException.class);
    }

    private static TopicSpec named(String name) {
        return Topics.fixed().stream()
                .filter(spec -> spec.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Config config(Map<String, String> values) {
        return new Config(values.entrySet().stream()
                .map(entry -> new ConfigEntry(entry.getKey(), entry.getValue()))
                .toList());
    }
}
