package io.wanstreams.denoise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.contracts.request.DenoiseSettings;
import io.wanstreams.contracts.request.SchedulerChoice;
import io.wanstreams.contracts.request.SigmaGrid;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.memory.MemoryLimit;
import io.wanstreams.inference.noise.TorchNoise;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.transformer.TransformerSetup;
import io.wanstreams.tensors.Tensor;
import io.wanstreams.transport.bundle.BundleContent;
import io.wanstreams.transport.bundle.BundleDescription;
import io.wanstreams.transport.stage.StageAbandonedException;
import io.wanstreams.transport.testing.InMemoryBundleStore;
import io.wanstreams.transport.testing.TestJobs;
import io.wanstreams.transport.testing.TestStageRun;
import io.wanstreams.transport.testing.TestStageRun.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Both experts of the small reference checkpoint, killed after every one of their steps. What survives is what stands in
 * the bundle store; the rest is loaded anew, as in another process.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SamePixelsTest {

    /** With a boundary of 0.875 and a shift of 3, the first 3 of these are the high-noise expert's. */
    private static final DenoiseSettings SETTINGS =
            new DenoiseSettings(8, 4, 3, 3, 0.875, SigmaGrid.DIFFUSERS, SchedulerChoice.UNIPC, 1, null);

    private static final CheckpointRule EVERY_SECOND = new CheckpointRule(2, Duration.ZERO);
    private static final int TEXT_WIDTH = 32;

    private final InMemoryBundleStore bundles = new InMemoryBundleStore();
    private final BundleRef conditioning = write(Map.of(
            "text.positive", Tensor.of(TorchNoise.randn(11, 7 * TEXT_WIDTH), 7, TEXT_WIDTH),
            "text.negative", Tensor.of(TorchNoise.randn(12, 3 * TEXT_WIDTH), 3, TEXT_WIDTH)));
    private @Nullable BundleRef high;
    private @Nullable BundleRef low;

    @TempDir
    private Path cache = Path.of("");

    @BeforeAll
    void runWithoutInterruption() throws Exception {
        high = finish(run(StageName.DENOISE_HIGH, null));
        low = finish(run(StageName.DENOISE_LOW, high));
    }

    static Stream<Arguments> everyStep() {
        return Stream.of(StageName.DENOISE_HIGH, StageName.DENOISE_LOW)
                .flatMap(stage -> IntStream.rangeClosed(
                                0, StageShare.of(stage, SETTINGS, 1000).steps())
                        .mapToObj(step -> Arguments.of(stage, step)));
    }

    @ParameterizedTest
    @MethodSource("everyStep")
    void aRunKilledAfterAnyStepEndsInTheSameBits(StageName stage, int step) throws Exception {
        BundleRef before = stage == StageName.DENOISE_LOW ? high : null;
        TestStageRun killed = run(stage, before).abandonAtStep(step);
        assertThatExceptionOfType(StageAbandonedException.class).isThrownBy(() -> finish(killed));

        TestStageRun resumed = run(stage, before);
        int saved = StageShare.of(stage, SETTINGS, 1000).first();
        if (!killed.checkpoints().isEmpty()) {
            resumed.resumingFrom(killed.checkpoints().get(killed.checkpoints().size() - 1));
            saved = resumed.checkpoint().orElseThrow().step();
        }
        BundleRef result = finish(resumed);

        assertThat(result.sha256())
                .isEqualTo(Objects.requireNonNull(stage == StageName.DENOISE_LOW ? low : high)
                        .sha256());
        int first = saved - StageShare.of(stage, SETTINGS, 1000).first();
        assertThat(resumed.progress())
                .as("no step before the checkpoint runs again")
                .first()
                .extracting(Progress::step)
                .isEqualTo(first);
        // At most the steps since the last checkpoint are lost, and the one that was being taken.
        assertThat(step - first).isBetween(0, EVERY_SECOND.everySteps());
    }

    /** As a new process does: the checkpoint is opened and the expert loaded for this run alone. */
    private BundleRef finish(TestStageRun run) throws Exception {
        Checkpoint checkpoint = Checkpoint.open(BrokerResource.checkpoint(), cache);
        try (LoadedExpert expert = LoadedExpert.open(
                checkpoint,
                run.stage(),
                TransformerSetup.floats(Device.CPU, SessionSettings.defaults().threads(1))
                        .textCacheBytes(1 << 24),
                List.of(Device.CPU),
                MemoryLimit.of(Optional.empty(), Device.CPU))) {
            return Objects.requireNonNull(new DenoiseStage(expert, EVERY_SECOND, PreviewRule.NEVER, System::nanoTime)
                    .run(run)
                    .outputs()
                    .bundles()
                    .get(StageOutputs.LATENTS));
        }
    }

    private TestStageRun run(StageName stage, @Nullable BundleRef latents) {
        Map<String, BundleRef> outputs = new TreeMap<>();
        outputs.put(StageOutputs.CONDITIONING, conditioning);
        if (latents != null) {
            outputs.put(StageOutputs.LATENTS, latents);
        }
        Job job = TestJobs.job(
                TestJobs.request("m", SETTINGS, 48, 32),
                StageName.TWO_EXPERTS,
                StageName.ENCODE,
                StageOutputs.ofBundles(outputs));
        return new TestStageRun(job, stage, bundles);
    }

    private BundleRef write(Map<String, Tensor> tensors) {
        return bundles.write(
                BundleDescription.of(Topics.TENSORS, TestJobs.id(), StageName.ENCODE, BundleRef.SAFETENSORS),
                BundleContent.of(tensors));
    }
}
