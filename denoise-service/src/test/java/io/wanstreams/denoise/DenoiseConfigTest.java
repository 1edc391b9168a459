package io.wanstreams.denoise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.denoise.device.DeviceRegistry;
import io.wanstreams.denoise.device.DeviceUnavailableException;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.session.InferenceException;
import io.wanstreams.transport.service.ServedModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DenoiseConfigTest {

    @TempDir
    Path folder;

    @Test
    void defaults() {
        DenoiseConfig config = read(Map.of());
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));

        assertThat(models(Map.of()).paths()).isEmpty();
        assertThat(config.defaultDevice()).isEqualTo("cpu");
        assertThat(config.deviceShared()).isFalse();
        assertThat(config.deviceLockDir()).isEqualTo(temporary.resolve("wan-devices"));
        assertThat(config.threads()).isZero();
        assertThat(config.precision()).isEqualTo("auto");
        assertThat(config.text().cacheSize().asLongValue()).isEqualTo(256L << 20);
        assertThat(config.cacheDir()).isEqualTo(Path.of(System.getProperty("user.home"), ".cache/wan-streams"));
        assertThat(config.memoryLimit()).isEmpty();
        assertThat(config.workerId()).isEmpty();
        assertThat(config.provision()).isEqualTo("none");
        assertThat(kafka(Map.of()).properties()).isEmpty();
        assertThat(config.enabled()).isTrue();
        assertThat(config.model()).isEmpty();
        assertThat(config.stages()).isEmpty();
        assertThat(config.device()).isEmpty();
        assertThat(config.grace()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.checkpoint().everySteps()).isEqualTo(5);
        assertThat(config.checkpoint().every()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.preview().enabled()).isTrue();
        assertThat(config.preview().every()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void everythingSet() {
        DenoiseConfig config = read(values());

        assertThat(models(values()).paths()).containsEntry("a", Path.of("/models/a"));
        assertThat(config.defaultDevice()).isEqualTo("cuda:1");
        assertThat(config.deviceShared()).isTrue();
        assertThat(config.deviceLockDir()).isEqualTo(Path.of("/locks"));
        assertThat(config.threads()).isEqualTo(3);
        assertThat(config.precision()).isEqualTo("int8");
        assertThat(config.text().cacheSize().asLongValue()).isEqualTo(1 << 20);
        assertThat(config.cacheDir()).isEqualTo(Path.of("/cache"));
        assertThat(config.memoryLimit().orElseThrow().asLongValue()).isEqualTo(2L << 30);
        assertThat(config.workerId()).contains("w1");
        assertThat(config.provision()).isEqualTo("cluster");
        assertThat(kafka(values()).properties()).containsEntry("security.protocol", "SSL");
        assertThat(config.enabled()).isFalse();
        assertThat(config.model()).contains("a");
        assertThat(config.stages()).contains(List.of("denoise-high", "denoise-low"));
        assertThat(config.device()).containsEntry("denoise-high", "cuda:0");
        assertThat(config.grace()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.checkpoint().everySteps()).isZero();
        assertThat(config.checkpoint().every()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.preview().enabled()).isFalse();
        assertThat(config.preview().every()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aModelsOwnStagesAreTheDefault() {
        assertThat(DenoiseWorkers.stages(read(Map.of()), checkpoint()))
                .containsExactly(StageName.DENOISE_HIGH, StageName.DENOISE_LOW);
        assertThat(DenoiseWorkers.stages(read(Map.of("wan.denoise.stages", "denoise-low")), checkpoint()))
                .containsExactly(StageName.DENOISE_LOW);
    }

    @Test
    void aStageThatTheModelDoesNotHaveIsRefusedWithThoseThatItHas() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DenoiseWorkers.stages(read(Map.of("wan.denoise.stages", "denoise")), checkpoint()))
                .withMessageContaining("[denoise]")
                .withMessageContaining("[denoise-high, denoise-low]");
    }

    @Test
    void twoExpertsOnOneDeviceAreRefusedUnlessSharingIsAllowed() {
        DenoiseConfig config = read(Map.of("wan.threads", "1", "wan.models.a", "/unused"));
        DeviceRegistry registry = new DeviceRegistry(folder, false);
        ServedModel model = new ServedModel("a", BrokerResource.checkpoint());
        try (ExpertWorker high = ExpertWorker.load(config, model, checkpoint(), StageName.DENOISE_HIGH, registry)) {
            assertThat(high.isReady()).isFalse();
            assertThatExceptionOfType(DeviceUnavailableException.class)
                    .isThrownBy(() -> ExpertWorker.load(config, model, checkpoint(), StageName.DENOISE_LOW, registry))
                    .withMessageContaining("held by denoise-high of model a");
        }
    }

    @Test
    void theStagesDeviceReachesTheSessionAndOneThatIsNotThereIsNamed() {
        DenoiseConfig config = read(Map.of("wan.denoise.device.denoise-high", "cuda:0", "wan.threads", "1"));
        DeviceRegistry registry = new DeviceRegistry(folder, false);
        ServedModel model = new ServedModel("a", BrokerResource.checkpoint());

        assertThatExceptionOfType(InferenceException.class)
                .isThrownBy(() -> ExpertWorker.load(config, model, checkpoint(), StageName.DENOISE_HIGH, registry))
                .withMessageContaining("cuda:0")
                .withMessageContaining("onnxruntime_gpu");
        try (ExpertWorker low = ExpertWorker.load(config, model, checkpoint(), StageName.DENOISE_LOW, registry)) {
            assertThat(low.isReady())
                    .as("loaded on wan.device, not yet started")
                    .isFalse();
        }
    }

    @Test
    void checkpointsAreDueByStepsOrByTime() {
        CheckpointRule rule = new CheckpointRule(3, Duration.ofSeconds(10));

        assertThat(rule.isDue(2, Duration.ofSeconds(9))).isFalse();
        assertThat(rule.isDue(3, Duration.ZERO)).isTrue();
        assertThat(rule.isDue(1, Duration.ofSeconds(10))).isTrue();
        assertThat(CheckpointRule.NEVER.isDue(1000, Duration.ofDays(1))).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new CheckpointRule(-1, Duration.ZERO));
    }

    private Checkpoint checkpoint() {
        return Checkpoint.open(BrokerResource.checkpoint(), folder.resolve("cache"));
    }

    private static Map<String, String> values() {
        return Map.ofEntries(
                Map.entry("wan.models.a", "/models/a"),
                Map.entry("wan.device", "cuda:1"),
                Map.entry("wan.device.shared", "true"),
                Map.entry("wan.device.lock-dir", "/locks"),
                Map.entry("wan.threads", "3"),
                Map.entry("wan.precision", "int8"),
                Map.entry("wan.denoise.text.cache-size", "1M"),
                Map.entry("wan.cache.dir", "/cache"),
                Map.entry("wan.memory.limit", "2G"),
                Map.entry("wan.worker.id", "w1"),
                Map.entry("wan.topics.provision", "cluster"),
                Map.entry("wan.kafka.\"security.protocol\"", "SSL"),
                Map.entry("wan.denoise.enabled", "false"),
                Map.entry("wan.denoise.model", "a"),
                Map.entry("wan.denoise.stages", "denoise-high,denoise-low"),
                Map.entry("wan.denoise.device.denoise-high", "cuda:0"),
                Map.entry("wan.denoise.grace", "3s"),
                Map.entry("wan.denoise.checkpoint.every-steps", "0"),
                Map.entry("wan.denoise.checkpoint.every", "5s"),
                Map.entry("wan.denoise.preview.enabled", "false"),
                Map.entry("wan.denoise.preview.every", "2s"));
    }

    private static DenoiseConfig read(Map<String, String> values) {
        return read(values, DenoiseConfig.class);
    }

    private static DenoiseConfig.Models models(Map<String, String> values) {
        return read(values, DenoiseConfig.Models.class);
    }

    private static DenoiseConfig.Kafka kafka(Map<String, String> values) {
        return read(values, DenoiseConfig.Kafka.class);
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
