package io.wanstreams.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.wanstreams.gateway.request.RequestLimits;
import io.wanstreams.gateway.webhook.WebhookSettings;
import io.wanstreams.transport.topic.TopicPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GatewayConfigTest {

    private static final WebhookSettings NO_WEBHOOKS =
            new WebhookSettings(List.of(), null, List.of(), Duration.ofSeconds(1), 1, 1, 1, false, List.of());

    @Test
    void hasDefaultsForEverything() {
        GatewayConfig config = config(Map.of());

        assertThat(config.id()).isEmpty();
        assertThat(config.dispatch().workerSilence()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.dispatch().ticketSilence()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.http().bodyLimit().asLongValue()).isEqualTo(28 << 20);
        assertThat(config.http().smallBody().asLongValue()).isEqualTo(256 << 10);
        assertThat(config.http().bodyLimit().asLongValue())
                .as("an image of image-limit as data URL fits")
                .isGreaterThan(config.http().imageLimit().asLongValue() * 4 / 3);
        assertThat(config.images().fetch()).isTrue();
        assertThat(config.images().plainHttp()).isFalse();
        assertThat(config.images().allowedAddresses()).isEmpty();
        assertThat(config.images().fetchTimeout()).isEqualTo(Duration.ofSeconds(10));
        RequestLimits limits = Limits.of(config.request());
        assertThat(limits.defaultDeadline()).isEqualTo(Duration.ofHours(12));
        assertThat(limits.longestDeadline())
                .as("half of the tensors' retention")
                .isEqualTo(Duration.ofHours(24));
        assertThat(Limits.of(config.dispatch(), config.tenant()).leastBackOff()).isEqualTo(Duration.ofMillis(500));
        assertThat(Limits.of(config.submit(), config.http(), config.tenant(), NO_WEBHOOKS)
                        .queueLimit())
                .isEqualTo(1000);
        assertThat(config.submit().diskReserve().asLongValue()).isEqualTo(512 << 20);
    }

    @Test
    void readsWhatIsSet() {
        GatewayConfig config = config(Map.of(
                "wan.gateway.id", "g1",
                "wan.gateway.dispatch.window", "3",
                "wan.gateway.submit.retry-after", "9S",
                "wan.gateway.submit.disk-reserve", "2G",
                "wan.gateway.images.at-once", "2",
                "wan.gateway.request.deadline", "1H"));

        assertThat(config.id()).hasValue("g1");
        assertThat(config.dispatch().window()).isEqualTo(3);
        assertThat(config.images().atOnce()).isEqualTo(2);
        assertThat(config.submit().retryAfter()).isEqualTo(Duration.ofSeconds(9));
        assertThat(config.submit().diskReserve().asLongValue()).isEqualTo(2L << 30);
        assertThat(config.request().deadline()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void refusesADeadlineThatOutlivesTheTensors() {
        GatewayConfig config = config(Map.of("wan.gateway.request.deadline", "25H"));

        assertThatIllegalArgumentException().isThrownBy(() -> Limits.of(config.request()));
    }

    @Test
    void readsTheProvisioningSetting() {
        assertThat(Limits.provision("none")).isNull();
        assertThat(Limits.provision("local")).isEqualTo(TopicPlan.Profile.LOCAL);
        assertThat(Limits.provision("cluster")).isEqualTo(TopicPlan.Profile.CLUSTER);
        assertThatIllegalArgumentException().isThrownBy(() -> Limits.provision("yes"));
    }

    /** The README names every setting, with its default. */
    @Test
    void isDocumented() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        for (Class<?> group : GatewayConfig.class.getDeclaredClasses()) {
            for (java.lang.reflect.Method setting : group.getDeclaredMethods()) {
                String key = "wan.gateway." + kebab(group.getSimpleName()) + "." + kebab(setting.getName());
                assertThat(readme).contains("`" + key + "`");
            }
        }
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(java.util.Locale.ROOT);
    }

    private static GatewayConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(GatewayConfig.class)
                .withDefaultValues(settings)
                .withConverter(io.quarkus.runtime.configuration.MemorySize.class, 100, new MemorySizeConverter())
                .withConverter(Duration.class, 100, new io.quarkus.runtime.configuration.DurationConverter())
                .build()
                .getConfigMapping(GatewayConfig.class);
    }
}
