package io.wanstreams.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.wanstreams.inference.vae.Tiling;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EncoderConfigTest {

    @Test
    void defaults() {
        EncoderConfig config = read(Map.of());

        assertThat(models(Map.of()).paths()).isEmpty();
        assertThat(config.device()).isEqualTo("cpu");
        assertThat(config.threads()).isZero();
        assertThat(config.cacheDir()).isEqualTo(Path.of(System.getProperty("user.home"), ".cache/wan-streams"));
        assertThat(config.memoryLimit()).isEmpty();
        assertThat(config.workerId()).isEmpty();
        assertThat(config.provision()).isEqualTo("none");
        assertThat(kafka(Map.of()).properties()).isEmpty();
        assertThat(config.enabled()).isTrue();
        assertThat(config.model()).isEmpty();
        assertThat(config.grace()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.embeddings().cacheSize().asLongValue()).isEqualTo(256L << 20);
        assertThat(config.image().limitSize().asLongValue()).isEqualTo(20L << 20);
        assertThat(config.image().limitPixels()).isEqualTo(50_000_000);
        assertThat(EncoderWorker.tiling(config.image().tile())).isNull();
    }

    @Test
    void everythingSet() {
        EncoderConfig config = read(values());

        assertThat(models(values()).paths()).containsEntry("a", Path.of("/models/a"));
        assertThat(config.threads()).isEqualTo(3);
        assertThat(config.cacheDir()).isEqualTo(Path.of("/cache"));
        assertThat(config.memoryLimit().orElseThrow().asLongValue()).isEqualTo(2L << 30);
        assertThat(config.workerId()).contains("w1");
        assertThat(config.provision()).isEqualTo("cluster");
        assertThat(kafka(values()).properties()).containsEntry("security.protocol", "SSL");
        assertThat(config.enabled()).isFalse();
        assertThat(config.model()).contains("a");
        assertThat(config.device()).isEqualTo("cpu");
        assertThat(config.grace()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.embeddings().cacheSize().asLongValue()).isEqualTo(1 << 20);
        assertThat(config.image().limitSize().asLongValue()).isEqualTo(2 << 20);
        assertThat(config.image().limitPixels()).isEqualTo(1000);
        assertThat(EncoderWorker.tiling(config.image().tile())).isEqualTo(new Tiling(128, 96));
    }

    private static Map<String, String> values() {
        return Map.ofEntries(
                Map.entry("wan.models.a", "/models/a"),
                Map.entry("wan.device", "cuda:1"),
                Map.entry("wan.threads", "3"),
                Map.entry("wan.cache.dir", "/cache"),
                Map.entry("wan.memory.limit", "2G"),
                Map.entry("wan.worker.id", "w1"),
                Map.entry("wan.topics.provision", "cluster"),
                Map.entry("wan.kafka.\"security.protocol\"", "SSL"),
                Map.entry("wan.encoder.enabled", "false"),
                Map.entry("wan.encoder.model", "a"),
                Map.entry("wan.encoder.device", "cpu"),
                Map.entry("wan.encoder.grace", "3s"),
                Map.entry("wan.encoder.embeddings.cache-size", "1M"),
                Map.entry("wan.encoder.image.limit-size", "2M"),
                Map.entry("wan.encoder.image.limit-pixels", "1000"),
                Map.entry("wan.encoder.image.tile.edge-pixels", "128"),
                Map.entry("wan.encoder.image.tile.stride-pixels", "96"));
    }

    private static EncoderConfig read(Map<String, String> values) {
        return read(values, EncoderConfig.class);
    }

    private static EncoderConfig.Models models(Map<String, String> values) {
        return read(values, EncoderConfig.Models.class);
    }

    private static EncoderConfig.Kafka kafka(Map<String, String> values) {
        return read(values, EncoderConfig.Kafka.class);
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
