package io.wanstreams.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PromptConfigTest {

    @Test
    void defaults() {
        PromptConfig config = read(Map.of());

        assertThat(config.models()).isEmpty();
        assertThat(config.worker().id()).isEmpty();
        assertThat(config.topics().provision()).isEqualTo("none");
        assertThat(config.kafka()).isEmpty();
        assertThat(config.prompt().enabled()).isTrue();
        assertThat(config.prompt().models()).isEmpty();
        assertThat(config.prompt().concurrency()).isEqualTo(256);
        assertThat(config.prompt().threads()).isEqualTo(4);
        assertThat(config.prompt().patience()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.prompt().grace()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void everythingSet() {
        PromptConfig config = read(Map.ofEntries(
                Map.entry("wan.models.a", "/models/a"),
                Map.entry("wan.worker.id", "w1"),
                Map.entry("wan.topics.provision", "cluster"),
                Map.entry("wan.kafka.\"security.protocol\"", "SSL"),
                Map.entry("wan.prompt.enabled", "false"),
                Map.entry("wan.prompt.models", "a,b"),
                Map.entry("wan.prompt.concurrency", "7"),
                Map.entry("wan.prompt.threads", "2"),
                Map.entry("wan.prompt.patience", "9s"),
                Map.entry("wan.prompt.grace", "3s")));

        assertThat(config.models()).containsEntry("a", "/models/a");
        assertThat(config.worker().id()).contains("w1");
        assertThat(config.topics().provision()).isEqualTo("cluster");
        assertThat(config.kafka()).containsEntry("security.protocol", "SSL");
        assertThat(config.prompt().enabled()).isFalse();
        assertThat(config.prompt().models()).contains(List.of("a", "b"));
        assertThat(config.prompt().concurrency()).isEqualTo(7);
        assertThat(config.prompt().threads()).isEqualTo(2);
        assertThat(config.prompt().patience()).isEqualTo(Duration.ofSeconds(9));
        assertThat(config.prompt().grace()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void allModelsAreServedUnlessSomeAreNamed() {
        assertThat(PromptWorkers.models(read(Map.of("wan.models.b", "x", "wan.models.a", "y"))))
                .containsExactly("a", "b");
        assertThat(PromptWorkers.models(read(Map.of("wan.models.b", "x", "wan.prompt.models", "c"))))
                .containsExactly("c");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PromptWorkers.models(read(Map.of())))
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

    private static PromptConfig read(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDefaultSources()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(values, "test", 500))
                .withMapping(PromptConfig.class)
                .build()
                .getConfigMapping(PromptConfig.class);
    }
}
