package io.wanstreams.contracts.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.contracts.job.StageName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TopicsTest {

    private static final String HEAD = """
            | topic | partitions, local | partitions, cluster | retention | key | written by | read by |
            |---|---|---|---|---|---|---|
            """;

    @Test
    void theDocumentedTableIsThisOne() throws IOException {
        String root = Objects.requireNonNull(System.getProperty("wan.root"));
        assertThat(Files.readString(Path.of(root, "docs/topics.md"))).contains(HEAD + rows() + "\n\n");
    }

    @Test
    void namesAreUniqueAndRowsMakeSense() {
        assertThat(Topics.table()).extracting(TopicSpec::name).doesNotHaveDuplicates();
        assertThat(Topics.table()).allSatisfy(row -> {
            assertThat(row.name()).startsWith("wan.");
            assertThat(row.localPartitions()).isBetween(1, row.clusterPartitions());
            assertThat(row.retention()).isPositive();
        });
        assertThat(Topics.table())
                .containsAll(Topics.fixed())
                .hasSize(Topics.fixed().size() + 2);
    }

    @Test
    void ticketsOfAPoolLieInOnePartitionAndThoseOfThePromptStageInSeveral() {
        for (StageName stage : StageName.values()) {
            TopicSpec topic = Topics.tickets(stage, "wan2.2-ti2v-5b");
            assertThat(topic.name()).isEqualTo("wan.tickets." + stage + ".wan2.2-ti2v-5b");
            assertThat(topic.name()).isEqualTo(Topics.ticketTopic(stage, "wan2.2-ti2v-5b"));
            assertThat(topic.clusterPartitions()).isEqualTo(stage == StageName.PROMPT ? 12 : 1);
            assertThat(topic.localPartitions()).isEqualTo(stage == StageName.PROMPT ? 4 : 1);
        }
    }

    @Test
    void aModelsNameCannotReachAnotherTopic() {
        assertThatThrownBy(() -> Topics.ticketTopic(StageName.DECODE, "../x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a model's name is");
    }

    private static String rows() {
        return Topics.table().stream().map(TopicsTest::row).collect(Collectors.joining("\n"));
    }

    private static String row(TopicSpec topic) {
        return String.format(
                "| `%s` | %d | %d | %s | %s | %s | %s |",
                topic.name(),
                topic.localPartitions(),
                topic.clusterPartitions(),
                retention(topic.retention()),
                topic.key(),
                topic.writtenBy(),
                topic.readBy());
    }

    private static String retention(Duration retention) {
        return retention.toHours() % 24 == 0 ? retention.toDays() + " d" : retention.toHours() + " h";
    }
}
