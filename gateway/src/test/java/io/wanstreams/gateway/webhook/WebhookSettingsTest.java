package io.wanstreams.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WebhookSettingsTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @Test
    void withoutSettingsNobodyIsCalledAndNoCallbackTaken() {
        WebhookSettings settings = settings(Map.of());

        assertThat(settings.receivers()).isEmpty();
        assertThat(settings.callbackSecret()).isNull();
        assertThat(settings.plainHttp()).isFalse();
        assertThat(settings.allowed()).isEmpty();
        assertThat(settings.attemptTimeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.inFlight()).isEqualTo(64);
        assertThat(settings.inFlightPerReceiver()).isEqualTo(8);
        assertThat(settings.pendingLimit()).isEqualTo(100_000);
        assertThat(settings.retries())
                .as("up to 24 h apart")
                .hasSize(7)
                .startsWith(Duration.ofSeconds(10))
                .endsWith(Duration.ofHours(24));
    }

    @Test
    void readsWhatIsSet() {
        WebhookSettings settings = settings(Map.of(
                "wan.webhooks.endpoints.crm.url", "http://crm.example/hook",
                "wan.webhooks.endpoints.crm.secret", SECRET,
                "wan.webhooks.endpoints.crm.events", "video.failed,video.progress",
                "wan.webhooks.endpoints.crm.tenant", "studio",
                "wan.webhooks.callback-secret", SECRET,
                "wan.webhooks.retries", "1S,2S",
                "wan.webhooks.plain-http", "true",
                "wan.webhooks.in-flight", "3",
                "wan.webhooks.allowed-addresses", "10.0.0.0/8,::1"));

        Receiver receiver = settings.receivers().get(0);
        assertThat(receiver.name()).isEqualTo("crm");
        assertThat(receiver.url()).isEqualTo(URI.create("http://crm.example/hook"));
        assertThat(receiver.wants("video.failed", "studio")).isTrue();
        assertThat(receiver.wants("video.failed", "other")).isFalse();
        assertThat(receiver.wants("video.completed", "studio")).isFalse();
        assertThat(settings.callbackSecret()).isNotNull();
        assertThat(settings.retries()).isEqualTo(List.of(Duration.ofSeconds(1), Duration.ofSeconds(2)));
        assertThat(settings.inFlight()).isEqualTo(3);
        assertThat(settings.allowed()).hasSize(2);
    }

    @Test
    void refusesWhatCannotWorkAndNamesTheSetting() {
        Map<String, String> endpoint = new HashMap<>(Map.of(
                "wan.webhooks.endpoints.crm.url",
                "https://crm.example/hook",
                "wan.webhooks.endpoints.crm.secret",
                SECRET));
        assertThat(settings(endpoint).receivers()).hasSize(1);

        refused(endpoint, "wan.webhooks.endpoints.crm.url", "ftp://crm.example");
        refused(endpoint, "wan.webhooks.endpoints.crm.secret", "secret");
        refused(endpoint, "wan.webhooks.endpoints.crm.events", "video.done");
        refused(endpoint, "wan.webhooks.callback-secret", "secret");
    }

    /** The README names every setting. */
    @Test
    void isDocumented() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        for (java.lang.reflect.Method setting : WebhookConfig.class.getDeclaredMethods()) {
            String name =
                    setting.getName().replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(java.util.Locale.ROOT);
            assertThat(readme).contains("`wan.webhooks." + name);
        }
        for (java.lang.reflect.Method setting : WebhookConfig.Endpoint.class.getDeclaredMethods()) {
            assertThat(readme).contains("`wan.webhooks.endpoints.<name>." + setting.getName() + "`");
        }
    }

    private static void refused(Map<String, String> others, String setting, String value) {
        Map<String, String> all = new HashMap<>(others);
        all.put(setting, value);
        assertThatIllegalArgumentException().isThrownBy(() -> settings(all)).withMessageStartingWith(setting);
    }

    private static WebhookSettings settings(Map<String, String> values) {
        return WebhookSettings.of(new SmallRyeConfigBuilder()
                .withMapping(WebhookConfig.class)
                .withDefaultValues(values)
                .withConverter(Duration.class, 100, new DurationConverter())
                .build()
                .getConfigMapping(WebhookConfig.class));
    }
}
