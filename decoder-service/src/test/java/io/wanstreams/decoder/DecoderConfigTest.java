package io.wanstreams.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.wanstreams.inference.vae.Tiling;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecoderConfigTest {

    @Test
    void defaults() {
        DecoderConfig config = read(Map.of());

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
        assertThat(config.tempDir()).isEqualTo(Path.of(System.getProperty("java.io.tmpdir"), "wan-decoder"));
        assertThat(config.tile().edgePixels()).isZero();
        assertThat(config.tile().stridePixels()).isEqualTo(192);
        assertThat(DecoderWorker.tiling(config.tile())).isNull();
        assertThat(config.video().quantizer()).isEqualTo(18);
        assertThat(config.thumbnail().edgePixels()).isEqualTo(640);
        assertThat(config.spritesheet().tiles()).isEqualTo(25);
        assertThat(config.spritesheet().edgePixels()).isEqualTo(160);
    }

    @Test
    void everythingSet() {
        DecoderConfig config = read(values());

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
        assertThat(config.tempDir()).isEqualTo(Path.of("/scratch"));
        assertThat(DecoderWorker.tiling(config.tile())).isEqualTo(new Tiling(128, 96));
        assertThat(config.video().quantizer()).isEqualTo(10);
        assertThat(config.thumbnail().edgePixels()).isEqualTo(100);
        assertThat(config.spritesheet().tiles()).isEqualTo(9);
        assertThat(config.spritesheet().edgePixels()).isEqualTo(50);
    }

    @Test
    void aNumberOutOfRangeIsRefusedWithItsSetting() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MediaSettings(52, 640, 25, 160))
                .withMessageContaining("wan.decoder.video.quantizer")
                .withMessageContaining("52");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MediaSettings(18, 640, 0, 160))
                .withMessageContaining("wan.decoder.spritesheet.tiles");
        Map<String, String> strideTooLong = Map.of("wan.decoder.tile.edge-pixels", "128");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DecoderWorker.tiling(read(strideTooLong).tile()))
                .withMessageContaining("wan.decoder.tile")
                .withMessageContaining("a stride of 192 and an edge of 128");
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
                Map.entry("wan.decoder.enabled", "false"),
                Map.entry("wan.decoder.model", "a"),
                Map.entry("wan.decoder.device", "cpu"),
                Map.entry("wan.decoder.grace", "3s"),
                Map.entry("wan.decoder.temp-dir", "/scratch"),
                Map.entry("wan.decoder.tile.edge-pixels", "128"),
                Map.entry("wan.decoder.tile.stride-pixels", "96"),
                Map.entry("wan.decoder.video.quantizer", "10"),
                Map.entry("wan.decoder.thumbnail.edge-pixels", "100"),
                Map.entry("wan.decoder.spritesheet.tiles", "9"),
                Map.entry("wan.decoder.spritesheet.edge-pixels", "50"));
    }

    private static DecoderConfig read(Map<String, String> values) {
        return read(values, DecoderConfig.class);
    }

    private static DecoderConfig.Models models(Map<String, String> values) {
        return read(values, DecoderConfig.Models.class);
    }

    private static DecoderConfig.Kafka kafka(Map<String, String> values) {
        return read(values, DecoderConfig.Kafka.class);
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
