package io.wanstreams.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PromptConfigTest {

    @Test
    void defaults() {
        PromptConfig config = read(Map.of());

        assertThat(models(Map.of()).paths()).isEmpty();
        assertThat(config.workerId()).isEmpty();
        assertThat(config.provision()).isEqualTo("none");
        assertThat(kafka(Map.of()).properties()).isEmpty();
        assertThat(config.enabled()).isTrue();
        assertThat(config.models()).isEmpty();
        assertThat(config.concurrency()).isEqualTo(1);
        assertThat(config.threads()).isEqualTo(4);
        assertThat(config.patience()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.grace()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void everythingSet() {
        PromptConfig config = read(values());

        assertThat(models(values()).paths()).containsEntry("a", "/models/a");
        assertThat(config.workerId()).contains("w1");
        assertThat(config.provision()).isEqualTo("cluster");
        assertThat(kafka(values()).properties()).containsEntry("security.protocol", "SSL");
        assertThat(config.enabled()).isFalse();
        assertThat(config.models()).contains(List.of("a", "b"));
        assertThat(config.concurrency()).isEqualTo(7);
        assertThat(config.threads()).isEqualTo(2);
        assertThat(config.patience()).isEqualTo(Duration.ofSeconds(9));
        assertThat(config.grace()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void allModelsAreServedUnlessSomeAreNamed() {
        assertThat(PromptWorkers.models(read(Map.of()), Set.of("b", "a"))).containsExactly("a", "b");
        assertThat(PromptWorkers.models(read(Map.of("wan.prompt.models", "c")), Set.of("b")))
                .containsExactly("c");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PromptWorkers.models(read(Map.of()), Set.of()))
                .withMessageContaining("wan.prompt.models");
    }

    @Test
    void theChannelHasTheGroupOfItsTopicAndNoAgeLimit() {
        Map<String, String> attributes =
                TicketChannel.attributes("a", "host:1", Map.of("security.protocol", "SSL", "group.id", "mine"));

        assertThat(attributes)
                .containsEntry("topic", "wan.tickets.prompt.a")
                .containsEntry("group.id", "wan.tickets.prompt.a")
                .containsEntry("bootstrap.servers", "host:1")
                .containsEntry("security.protocol", "SSL")
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("throttled.unprocessed-record-max-age.ms", "0");
    }

    private static Map<String, String> values() {
        return Map.ofEntries(
                Map.entry("wan.models.a", "/models/a"),
                Map.entry("wan.worker.id", "w1"),
                Map.entry("wan.topics.provision", "cluster"),
                Map.entry("wan.kafka.\"security.protocol\"", "SSL"),
                Map.entry("wan.prompt.enabled", "false"),
                Map.entry("wan.prompt.models", "a,b"),
                Map.entry("wan.prompt.concurrency", "7"),
                Map.entry("wan.prompt.threads", "2"),
                Map.entry("wan.prompt.patience", "9s"),
                Map.entry("wan.prompt.grace", "3s"));
    }

    private static PromptConfig read(Map<String, String> values) {
        return read(values, PromptConfig.class);
    }

    private static PromptConfig.Models models(Map<String, String> values) {
        return read(values, PromptConfig.Models.class);
    }

    private static PromptConfig.Kafka kafka(Map<String, String> values) {
        return read(values, PromptConfig.Kafka.class);
    }

    private static <C> C read(Map<String, String> values, Class<C> mapping) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDefaultSources()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(values, "test", 500))
                .withMapping(mapping)
                .build()
                .getConfigMapping(mapping);
    }
}
