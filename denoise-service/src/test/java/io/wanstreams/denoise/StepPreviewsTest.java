package io.wanstreams.denoise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.contracts.request.DenoiseSettings;
import io.wanstreams.contracts.request.SchedulerChoice;
import io.wanstreams.contracts.request.SigmaGrid;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.images.Jpeg;
import io.wanstreams.images.RgbImage;
import io.wanstreams.inference.image.Picture;
import io.wanstreams.inference.preview.PreviewMap;
import io.wanstreams.tensors.Tensor;
import io.wanstreams.transport.bundle.BundleContent;
import io.wanstreams.transport.bundle.BundleDescription;
import io.wanstreams.transport.stage.StageOutput;
import io.wanstreams.transport.testing.InMemoryBundleStore;
import io.wanstreams.transport.testing.TestJobs;
import io.wanstreams.transport.testing.TestStageRun;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StepPreviewsTest {

    /** Two channels to one pixel: red and green are the channels, blue is constant. */
    private static final PreviewMap MAP =
            new PreviewMap(2, 1, new float[] {1, 0, 0, 0, 1, 0, 0, 0, 0.5f, 1, 0, 0, 0, 1, 0, 0, 0, 0.5f});

    private final InMemoryBundleStore bundles = new InMemoryBundleStore();
    private final Job job = job();

    @Test
    void showsEveryStepAndAtTheEndTheResult() throws Exception {
        TestStageRun run = new TestStageRun(job, StageName.DENOISE, bundles);

        StageOutput output = new DenoiseStage(
                        new FakeExpert(),
                        CheckpointRule.NEVER,
                        new PreviewRule(ready(), Duration.ZERO),
                        System::nanoTime)
                .run(run);

        int steps = job.request().denoise().numInferenceSteps();
        assertThat(run.previews()).hasSize(steps).containsKey(steps);
        Tensor latents = bundles.readTensors(
                        Objects.requireNonNull(output.outputs().bundles().get(StageOutputs.LATENTS)))
                .tensor("latents");
        assertThat(run.previews().get(steps)).isEqualTo(jpeg(latents));
    }

    @Test
    void showsNoMoreOftenThanItMay() throws Exception {
        TestStageRun run = new TestStageRun(job, StageName.DENOISE, bundles);
        AtomicInteger seconds = new AtomicInteger();

        new DenoiseStage(
                        new FakeExpert(),
                        CheckpointRule.NEVER,
                        new PreviewRule(ready(), Duration.ofHours(1)),
                        () -> TimeUnit.SECONDS.toNanos(seconds.incrementAndGet()))
                .run(run);

        assertThat(run.previews()).containsOnlyKeys(1);
    }

    @Test
    void goesOnWithoutPicturesWhileThereIsNoMapAndWhenThereWillBeNone() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        PreviewSource slow = new PreviewSource(() -> {
            try {
                assertThat(end.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            throw new IllegalStateException("There is no encoder.");
        });
        TestStageRun run = new TestStageRun(job, StageName.DENOISE, bundles);

        new DenoiseStage(new FakeExpert(), CheckpointRule.NEVER, new PreviewRule(slow, Duration.ZERO), System::nanoTime)
                .run(run);
        end.countDown();

        assertThat(run.previews()).isEmpty();
        assertThat(run.progress()).isNotEmpty();
    }

    /** x = (1 − σ)·clean + σ·noise, at σ = 0.8 and 0.5, with clean 3 and noise −1: −0.2 and 1. */
    @Test
    void findsTheCleanEndOfALine() {
        float factor = StepPreviews.towardsClean(0.8f, 0.5f);

        assertThat(1 + factor * (1 - -0.2f)).isCloseTo(3, within(1e-5f));
        assertThat(StepPreviews.towardsClean(0.1f, 0)).isZero();
    }

    /** 48x32 pixels, 9 frames: latents [2, 3, 4, 6]. */
    private Job job() {
        DenoiseSettings settings =
                new DenoiseSettings(6, 4, 4, 3, null, SigmaGrid.DIFFUSERS, SchedulerChoice.UNIPC, 1, null);
        BundleRef conditioning = bundles.write(
                BundleDescription.of(Topics.TENSORS, TestJobs.id(), StageName.ENCODE, BundleRef.SAFETENSORS),
                BundleContent.of(Map.of(
                        "text.positive", Tensor.of(new float[] {0.5f, 0, 0}, 1, 3),
                        "text.negative", Tensor.of(new float[] {-0.5f, 0, 0}, 1, 3))));
        return TestJobs.job(
                TestJobs.request("m", settings, 48, 32),
                StageName.ONE_EXPERT,
                StageName.ENCODE,
                StageOutputs.ofBundles(Map.of(StageOutputs.CONDITIONING, conditioning)));
    }

    private static PreviewSource ready() {
        PreviewSource source = new PreviewSource(() -> MAP);
        await().until(() -> source.map().isPresent());
        return source;
    }

    /** Of the middle one of [2, 3, 4, 6]. */
    private static byte[] jpeg(Tensor latents) {
        float[] all = latents.toFloats();
        float[] middle = new float[2 * 24];
        System.arraycopy(all, 24, middle, 0, 24);
        System.arraycopy(all, 72 + 24, middle, 24, 24);
        assertThat(latents.shape().dims()).containsExactly(2, 3, 4, 6);
        Picture picture = MAP.picture(middle, 4, 6, false);
        return Jpeg.of(new RgbImage(picture.width(), picture.height(), picture.rgb()), 0.8f);
    }
}
