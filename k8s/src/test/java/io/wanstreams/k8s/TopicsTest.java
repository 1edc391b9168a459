package io.wanstreams.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.topic.TopicSpec;
import io.wanstreams.contracts.topic.Topics;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TopicsTest {

    private static final String MODEL = "wan2.2-t2v-a14b";

    /** What the manifests and the table both say of a topic. */
    record Row(String name, String partitions, String retentionMs) {

        static Row of(Node topic) {
            return new Row(
                    topic.text("metadata/name"),
                    topic.text("spec/partitions"),
                    topic.at("spec/config").child("retention.ms").value() + "");
        }

        static Row of(TopicSpec topic) {
            return new Row(
                    topic.name(),
                    topic.clusterPartitions() + "",
                    topic.retention().toMillis() + "");
        }
    }

    @Test
    void topics_are_those_of_the_table() {
        Stream<TopicSpec> tickets = StageName.TWO_EXPERTS.stream().map(stage -> Topics.tickets(stage, MODEL));

        assertThat(Manifests.in("topics").stream().map(Row::of))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(Topics.fixed().stream(), tickets)
                        .map(Row::of)
                        .toList());
    }

    @Test
    void every_topic_keeps_the_brokers_time_and_survives_a_lost_broker() {
        for (Node topic : Manifests.in("topics")) {
            Node config = topic.at("spec/config");
            assertThat(topic.text("apiVersion")).isEqualTo("kafka.strimzi.io/v1");
            assertThat(config.child("message.timestamp.type").value())
                    .as(topic.text("metadata/name"))
                    .isEqualTo("LogAppendTime");
            assertThat(config.child("cleanup.policy").value()).isEqualTo("delete");
            assertThat(config.child("min.insync.replicas").value()).isEqualTo(2);
            assertThat(topic.at("spec/replicas").value()).isEqualTo(3);
        }
    }

    /** Kafka removes whole closed segments: with its default of a week an hour's retention would be a week's. */
    @Test
    void segments_close_well_before_their_retention() {
        for (Node topic : Manifests.in("topics")) {
            Node config = topic.at("spec/config");
            long retention = Long.parseLong(config.child("retention.ms").value() + "");

            assertThat(Long.parseLong(config.child("segment.ms").value() + ""))
                    .as(topic.text("metadata/name"))
                    .isLessThanOrEqualTo(retention / 6);
        }
    }

    @Test
    void topics_have_no_fields_that_strimzi_does_not_know() {
        for (Node topic : Manifests.in("topics")) {
            assertThat(topic.keys()).containsExactlyInAnyOrder("apiVersion", "kind", "metadata", "spec");
            assertThat(topic.at("spec").keys()).isSubsetOf("partitions", "replicas", "config", "topicName");
        }
    }

    @Test
    void every_file_of_topics_is_applied() {
        List<String> listed = Manifests.kustomization("topics").at("resources").children().stream()
                .map(n -> String.valueOf(n.value()))
                .toList();

        assertThat(listed).containsExactlyInAnyOrder("fixed.yaml", "tickets-" + MODEL + ".yaml");
    }
}
