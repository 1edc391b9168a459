package io.wanstreams.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.contracts.request.VideoRequest;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.images.ImageFile;
import io.wanstreams.images.ImageLimits;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.tensors.Safetensors;
import io.wanstreams.tensors.Tensor;
import io.wanstreams.transport.bundle.BundleContent;
import io.wanstreams.transport.bundle.BundleDescription;
import io.wanstreams.transport.stage.PermanentStageException;
import io.wanstreams.transport.stage.RetriableStageException;
import io.wanstreams.transport.stage.StageAbandonedException;
import io.wanstreams.transport.stage.StageOutput;
import io.wanstreams.transport.testing.InMemoryBundleStore;
import io.wanstreams.transport.testing.TestJobs;
import io.wanstreams.transport.testing.TestStageRun;
import io.wanstreams.transport.testing.TestStageRun.Progress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EncodeStageTest {

    private final InMemoryBundleStore bundles = new InMemoryBundleStore();
    private final List<String> encoded = new ArrayList<>();
    private long nanos;

    @Test
    void bothPromptsBecomeRowsOfTheConditioning() throws Exception {
        TestStageRun run = run("a ball", "blurred");

        StageOutput output = new EncodeStage(this::rows, null, () -> nanos).run(run);

        BundleRef ref = Objects.requireNonNull(output.outputs().bundles().get(StageOutputs.CONDITIONING));
        Safetensors conditioning = bundles.readTensors(ref);
        assertThat(conditioning.tensors()).containsOnlyKeys("text.positive", "text.negative");
        assertThat(conditioning.tensor("text.positive")).isEqualTo(rows("a ball", new Cancellation()));
        assertThat(conditioning.tensor("text.negative")).isEqualTo(rows("blurred", new Cancellation()));
        assertThat(bundles.description(ref))
                .hasValueSatisfying(described -> assertThat(described.topic()).isEqualTo(Topics.TENSORS));
        assertThat(output.compute()).isEqualTo(Duration.ofMillis(2));
    }

    @Test
    void progressCountsPrompts() throws Exception {
        TestStageRun run = run("a ball", "");

        new EncodeStage(this::rows, null, System::nanoTime).run(run);

        assertThat(run.progress()).containsExactly(new Progress(0, 2), new Progress(1, 2), new Progress(2, 2));
    }

    @Test
    void aRunThatNobodyWantsEndsBetweenThePrompts() {
        TestStageRun run = run("a ball", "blurred").abandonAtStep(1);

        assertThatExceptionOfType(StageAbandonedException.class)
                .isThrownBy(() -> new EncodeStage(this::rows, null, System::nanoTime).run(run));
        assertThat(encoded).containsExactly("a ball");
        assertThat(bundles.size()).isZero();
    }

    @Test
    void theRunOfTheNetworkEndsWhenNobodyWantsItsResult() {
        TestStageRun run = run("a ball", "blurred");
        PromptEncoder abandonedMeanwhile = (prompt, cancellation) -> {
            run.abandon();
            cancellation.check();
            return rows(prompt, cancellation);
        };

        assertThatExceptionOfType(StageAbandonedException.class)
                .isThrownBy(() -> new EncodeStage(abandonedMeanwhile, null, System::nanoTime).run(run));
        assertThat(encoded).isEmpty();
    }

    @Test
    void aHeapThatIsTooSmallIsAnErrorOfMemory() {
        PromptEncoder tooLarge = (prompt, cancellation) -> {
            throw new OutOfMemoryError("Java heap space");
        };

        assertThatExceptionOfType(RetriableStageException.class)
                .isThrownBy(() -> new EncodeStage(tooLarge, null, System::nanoTime).run(run("a ball", "")))
                .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.OUT_OF_MEMORY));
    }

    @Test
    void withoutThePromptStageThereIsNothingToEncode() {
        Job job = TestJobs.job(
                TestJobs.request("m"), StageName.TWO_EXPERTS, StageName.PROMPT, StageOutputs.ofText(Map.of()));

        assertThatExceptionOfType(PermanentStageException.class)
                .isThrownBy(() -> new EncodeStage(this::rows, null, System::nanoTime)
                        .run(new TestStageRun(job, StageName.ENCODE, bundles)));
    }

    /** One row per character, each with the character's number. */
    private Tensor rows(String prompt, Cancellation cancellation) {
        encoded.add(prompt);
        nanos += 1_000_000;
        float[] values = new float[2 * prompt.length() + 2];
        for (int i = 0; i < prompt.length(); i++) {
            values[2 * i] = prompt.charAt(i);
        }
        return Tensor.of(values, prompt.length() + 1, 2);
    }

    @Test
    void imagesAreReadAndEncodedAfterThePrompts() throws Exception {
        BundleRef first = media("first");
        BundleRef last = media("last");
        TestStageRun run = new TestStageRun(withImages(first, last), StageName.ENCODE, bundles);
        ImageEncoder images = new FakeImageEncoder((image, lastImage) -> Map.of(
                "image.condition",
                Tensor.of(new float[] {image.length, lastImage == null ? 0 : lastImage.length}, 1, 1, 1, 2)));

        StageOutput output = new EncodeStage(this::rows, images, System::nanoTime).run(run);

        BundleRef ref = Objects.requireNonNull(output.outputs().bundles().get(StageOutputs.CONDITIONING));
        assertThat(bundles.readTensors(ref).tensor("image.condition").toFloats())
                .containsExactly("first".length(), "last".length());
        assertThat(run.progress())
                .containsExactly(new Progress(0, 3), new Progress(1, 3), new Progress(2, 3), new Progress(3, 3));
    }

    @Test
    void anImageThatCannotBeUsedFailsTheJobInItsOwnWords() throws Exception {
        TestStageRun run = new TestStageRun(withImages(media("GIF89a"), null), StageName.ENCODE, bundles);
        ImageEncoder images = new FakeImageEncoder((image, lastImage) -> {
            ImageFile.open(image, ImageLimits.DEFAULTS);
            return Map.of();
        });

        assertThatExceptionOfType(PermanentStageException.class)
                .isThrownBy(() -> new EncodeStage(this::rows, images, System::nanoTime).run(run))
                .withMessage("The image is not a PNG, JPEG or WebP file.")
                .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.INVALID_REFERENCE));
    }

    @Test
    void aModelWithoutImagesRefusesOne() {
        TestStageRun run = new TestStageRun(withImages(media("x"), null), StageName.ENCODE, bundles);

        assertThatExceptionOfType(PermanentStageException.class)
                .isThrownBy(() -> new EncodeStage(this::rows, null, System::nanoTime).run(run))
                .withMessage("The job has an image, and this encoder's model takes none.");
    }

    private BundleRef media(String content) {
        return bundles.write(
                BundleDescription.ofRequest(Topics.MEDIA, TestJobs.id(), "image/png"),
                BundleContent.of(content.getBytes(StandardCharsets.UTF_8)));
    }

    private Job withImages(BundleRef image, @Nullable BundleRef lastImage) {
        VideoRequest plain = TestJobs.request("m");
        VideoRequest request = new VideoRequest(
                plain.model(),
                plain.preset(),
                plain.prompt(),
                plain.width(),
                plain.height(),
                plain.numFrames(),
                plain.fps(),
                image,
                lastImage,
                plain.denoise(),
                plain.saveFrames(),
                plain.deadline(),
                plain.metadata(),
                plain.warnings());
        return TestJobs.job(
                request,
                StageName.TWO_EXPERTS,
                StageName.PROMPT,
                StageOutputs.ofText(Map.of(StageOutputs.PROMPT, "a ball", StageOutputs.NEGATIVE_PROMPT, "")));
    }

    private TestStageRun run(String prompt, String negative) {
        Job job = TestJobs.job(
                TestJobs.request("m"),
                StageName.TWO_EXPERTS,
                StageName.PROMPT,
                StageOutputs.ofText(Map.of(StageOutputs.PROMPT, prompt, StageOutputs.NEGATIVE_PROMPT, negative)));
        return new TestStageRun(job, StageName.ENCODE, bundles);
    }
}
