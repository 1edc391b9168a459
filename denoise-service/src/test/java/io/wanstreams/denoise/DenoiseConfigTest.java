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

        assertThat(config.models()).isEmpty();
        assertThat(config.device().name()).isEqualTo("cpu");
        assertThat(config.device().shared()).isFalse();
        assertThat(config.device().lockDir()).isEqualTo(temporary.resolve("wan-devices"));
        assertThat(config.threads()).isZero();
        assertThat(config.cache().dir()).isEqualTo(Path.of(System.getProperty("user.home"), ".cache/wan-streams"));
        assertThat(config.worker().id()).isEmpty();
        assertThat(config.topics().provision()).isEqualTo("none");
        assertThat(config.kafka()).isEmpty();
        assertThat(config.denoise().enabled()).isTrue();
        assertThat(config.denoise().model()).isEmpty();
        assertThat(config.denoise().stages()).isEmpty();
        assertThat(config.denoise().device()).isEmpty();
        assertThat(config.denoise().grace()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.denoise().checkpoint().everySteps()).isEqualTo(10);
        assertThat(config.denoise().checkpoint().every()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void everythingSet() {
        DenoiseConfig config = read(Map.ofEntries(
                Map.entry("wan.models.a", "/models/a"),
                Map.entry("wan.device", "cuda:1"),
                Map.entry("wan.device.shared", "true"),
                Map.entry("wan.device.lock-dir", "/locks"),
                Map.entry("wan.threads", "3"),
                Map.entry("wan.cache.dir", "/cache"),
                Map.entry("wan.worker.id", "w1"),
                Map.entry("wan.topics.provision", "cluster"),
                Map.entry("wan.kafka.\"security.protocol\"", "SSL"),
                Map.entry("wan.denoise.enabled", "false"),
                Map.entry("wan.denoise.model", "a"),
                Map.entry("wan.denoise.stages", "denoise-high,denoise-low"),
                Map.entry("wan.denoise.device.denoise-high", "cuda:0"),
                Map.entry("wan.denoise.grace", "3s"),
                Map.entry("wan.denoise.checkpoint.every-steps", "0"),
                Map.entry("wan.denoise.checkpoint.every", "5s")));

        assertThat(config.models()).containsEntry("a", Path.of("/models/a"));
        assertThat(config.device().name()).isEqualTo("cuda:1");
        assertThat(config.device().shared()).isTrue();
        assertThat(config.device().lockDir()).isEqualTo(Path.of("/locks"));
        assertThat(config.threads()).isEqualTo(3);
        assertThat(config.cache().dir()).isEqualTo(Path.of("/cache"));
        assertThat(config.worker().id()).contains("w1");
        assertThat(config.topics().provision()).isEqualTo("cluster");
        assertThat(config.kafka()).containsEntry("security.protocol", "SSL");
        assertThat(config.denoise().enabled()).isFalse();
        assertThat(config.denoise().model()).contains("a");
        assertThat(config.denoise().stages()).contains(List.of("denoise-high", "denoise-low"));
        assertThat(config.denoise().device()).containsEntry("denoise-high", "cuda:0");
        assertThat(config.denoise().grace()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.denoise().checkpoint().everySteps()).isZero();
        assertThat(config.denoise().checkpoint().every()).isEqualTo(Duration.ofSeconds(5));
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
                .isThrownBy(() ->
                        DenoiseWorkers.stages(read(Map.of("wan.denoise.stages", "denoise")), checkpoint()))
                .withMessageContaining("[denoise]")
                .withMessageContaining("[denoise-high, denoise-low]");
    }

    @Test
    void twoExpertsOnOneDeviceAreRefusedUnlessSharingIsAllowed() {
        DenoiseConfig config = read(Map.of("wan.threads", "1", "wan.models.a", "/unused"));
        DeviceRegistry registry = new DeviceRegistry(folder, false);
        ServedModel model = new ServedModel("a", BrokerResource.checkpoint());
        try (ExpertWorker high =
                ExpertWorker.load(config, model, checkpoint(), StageName.DENOISE_HIGH, registry)) {
            assertThat(high.isReady()).isFalse();
            assertThatExceptionOfType(DeviceUnavailableException.class)
                    .isThrownBy(
                            () -> ExpertWorker.load(config, model, checkpoint(), StageName.DENOISE_LOW, registry))
                    .withMessageContaining("held by denoise-high of model a");
        }
    }

    @Test
    void theStagesDeviceReachesTheSessionAndOneThatIsNotThereIsNamed() {
        DenoiseConfig config = read(Map.of("wan.denoise.device.denoise-high", "cuda:0", "wan.threads", "1"));
        DeviceRegistry registry = new DeviceRegistry(folder, false);
        ServedModel model = new ServedModel("a", BrokerResource.checkpoint());

        assertThatExceptionOfType(InferenceException.class)
                .isThrownBy(
                        () -> ExpertWorker.load(config, model, checkpoint(), StageName.DENOISE_HIGH, registry))
                .withMessageContaining("cuda:0")
                .withMessageContaining("onnxruntime_gpu");
        try (ExpertWorker low = ExpertWorker.load(config, model, checkpoint(), StageName.DENOISE_LOW, registry)) {
            assertThat(low.isReady()).as("loaded on wan.device, not yet started").isFalse();
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

    private static DenoiseConfig read(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDefaultSources()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(values, "test", 500))
                .withMapping(DenoiseConfig.class)
                .build()
                .getConfigMapping(DenoiseConfig.class);
    }
}
