package io.wanstreams.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecoderConfigTest {

    @Test
    void defaults() {
        DecoderConfig config = read(Map.of());

        assertThat(config.models()).isEmpty();
        assertThat(config.device()).isEqualTo("cpu");
        assertThat(config.threads()).isZero();
        assertThat(config.cache().dir()).isEqualTo(Path.of(System.getProperty("user.home"), ".cache/wan-streams"));
        assertThat(config.worker().id()).isEmpty();
        assertThat(config.topics().provision()).isEqualTo("none");
        assertThat(config.kafka()).isEmpty();
        assertThat(config.decoder().enabled()).isTrue();
        assertThat(config.decoder().model()).isEmpty();
        assertThat(config.decoder().device()).isEmpty();
        assertThat(config.decoder().grace()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.decoder().tempDir())
                .isEqualTo(Path.of(System.getProperty("java.io.tmpdir"), "wan-decoder"));
        assertThat(config.decoder().video().quantizer()).isEqualTo(18);
        assertThat(config.decoder().thumbnail().edgePixels()).isEqualTo(640);
        assertThat(config.decoder().spritesheet().tiles()).isEqualTo(25);
        assertThat(config.decoder().spritesheet().edgePixels()).isEqualTo(160);
    }

    @Test
    void everythingSet() {
        DecoderConfig config = read(Map.ofEntries(
                Map.entry("wan.models.a", "/models/a"),
                Map.entry("wan.device", "cuda:1"),
                Map.entry("wan.threads", "3"),
                Map.entry("wan.cache.dir", "/cache"),
                Map.entry("wan.worker.id", "w1"),
                Map.entry("wan.topics.provision", "cluster"),
                Map.entry("wan.kafka.\"security.protocol\"", "SSL"),
                Map.entry("wan.decoder.enabled", "false"),
                Map.entry("wan.decoder.model", "a"),
                Map.entry("wan.decoder.device", "cpu"),
                Map.entry("wan.decoder.grace", "3s"),
                Map.entry("wan.decoder.temp-dir", "/scratch"),
                Map.entry("wan.decoder.video.quantizer", "10"),
                Map.entry("wan.decoder.thumbnail.edge-pixels", "100"),
                Map.entry("wan.decoder.spritesheet.tiles", "9"),
                Map.entry("wan.decoder.spritesheet.edge-pixels", "50")));

        assertThat(config.models()).containsEntry("a", Path.of("/models/a"));
        assertThat(config.device()).isEqualTo("cuda:1");
        assertThat(config.threads()).isEqualTo(3);
        assertThat(config.cache().dir()).isEqualTo(Path.of("/cache"));
        assertThat(config.worker().id()).contains("w1");
        assertThat(config.topics().provision()).isEqualTo("cluster");
        assertThat(config.kafka()).containsEntry("security.protocol", "SSL");
        assertThat(config.decoder().enabled()).isFalse();
        assertThat(config.decoder().model()).contains("a");
        assertThat(config.decoder().device()).contains("cpu");
        assertThat(config.decoder().grace()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.decoder().tempDir()).isEqualTo(Path.of("/scratch"));
        assertThat(config.decoder().video().quantizer()).isEqualTo(10);
        assertThat(config.decoder().thumbnail().edgePixels()).isEqualTo(100);
        assertThat(config.decoder().spritesheet().tiles()).isEqualTo(9);
        assertThat(config.decoder().spritesheet().edgePixels()).isEqualTo(50);
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
    }

    private static DecoderConfig read(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDefaultSources()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(values, "test", 500))
                .withMapping(DecoderConfig.class)
                .build()
                .getConfigMapping(DecoderConfig.class);
    }
}
