package io.wanstreams.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.bundle.TensorEntry;
import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.tensors.Tensor;
import io.wanstreams.transport.bundle.BundleContent;
import io.wanstreams.transport.bundle.BundleDescription;
import io.wanstreams.transport.stage.PermanentStageException;
import io.wanstreams.transport.stage.RetriableStageException;
import io.wanstreams.transport.stage.StageAbandonedException;
import io.wanstreams.transport.testing.InMemoryBundleStore;
import io.wanstreams.transport.testing.TestJobs;
import io.wanstreams.transport.testing.TestStageRun;
import io.wanstreams.transport.testing.TestStageRun.Progress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecodeStageTest {

    private static final MediaSettings MEDIA = new MediaSettings(18, 640, 4, 24);

    private final InMemoryBundleStore bundles = new InMemoryBundleStore();
    private final FakeDecoder decoder = new FakeDecoder();

    @TempDir
    Path folder;

    @Test
    void latentsBecomeVideoThumbnailAndSpriteSheet() throws Exception {
        Map<String, BundleRef> made = decode(run(false));

        assertThat(made).containsOnlyKeys(StageOutputs.VIDEO, StageOutputs.THUMBNAIL, StageOutputs.SPRITESHEET);
        assertThat(made.values()).allSatisfy(ref -> assertThat(ref.topic()).isEqualTo(Topics.MEDIA));
        assertThat(ref(made, StageOutputs.VIDEO).mediaType()).isEqualTo("video/mp4");
        assertThat(ref(made, StageOutputs.THUMBNAIL).mediaType()).isEqualTo("image/jpeg");
        assertThat(new String(bytes(ref(made, StageOutputs.VIDEO)), 4, 4, java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("ftyp");
        assertThat(ImageIO.read(new ByteArrayInputStream(bytes(ref(made, StageOutputs.SPRITESHEET))))
                        .getWidth())
                .isEqualTo(2 * 24);
    }

    @Test
    void framesAreKeptWhereTheRequestAsksForThem() throws Exception {
        BundleRef frames = ref(decode(run(true)), StageOutputs.FRAMES);

        Tensor tensor = bundles.readTensors(frames).tensor("frames");
        assertThat(frames.tensors()).containsExactly(new TensorEntry("frames", "U8", List.of(9L, 32L, 48L, 3L)));
        // −1 + 0.02 · 8, mapped to 0 … 255 and truncated (vae.md §12).
        assertThat(tensor.bytes().get((int) tensor.shape().elements() - 1)).isEqualTo((byte) 20);
        assertThat(tensor.bytes().get(0)).isZero();
    }

    @Test
    void equalLatentsGiveEqualBytes() throws Exception {
        assertThat(ref(decode(run(false)), StageOutputs.VIDEO).sha256())
                .isEqualTo(ref(decode(run(false)), StageOutputs.VIDEO).sha256());
    }

    @Test
    void progressCountsLatentFrames() throws Exception {
        TestStageRun run = run(false);

        decode(run);

        assertThat(run.progress())
                .containsExactly(new Progress(0, 3), new Progress(1, 3), new Progress(2, 3), new Progress(3, 3));
    }

    @Test
    void nothingStaysInTheFolder() throws Exception {
        decode(run(true));

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aRunThatNobodyWantsEndsWithinALatentFrameAndLeavesNothing() {
        TestStageRun run = run(false).abandonAtStep(1);

        assertThatExceptionOfType(StageAbandonedException.class).isThrownBy(() -> decode(run));
        assertThat(decoder.latentFramesDecoded).isEqualTo(1);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderThatCannotBeWrittenIsWorthAnotherAttemptAndNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatExceptionOfType(RetriableStageException.class)
                .isThrownBy(() -> new DecodeStage(decoder, MEDIA, file, System::nanoTime).run(run(false)))
                .withMessageContaining(file.toString())
                .withMessageContaining("wan.decoder.temp-dir")
                .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.STORAGE_FAILED));
    }

    @Test
    void latentsOfAnotherModelFailTheJob() {
        assertThatExceptionOfType(PermanentStageException.class)
                .isThrownBy(() -> decode(run(false, Tensor.of(new float[3 * 3 * 4 * 6], 3, 3, 4, 6))))
                .withMessageContaining("[3,3,4,6]")
                .withMessageContaining("[2,frames,height,width]");
    }

    @Test
    void latentsOfAnotherLengthFailTheJob() {
        assertThatExceptionOfType(PermanentStageException.class)
                .isThrownBy(() -> decode(run(false, Tensor.of(new float[2 * 2 * 4 * 6], 2, 2, 4, 6))))
                .withMessageContaining("5 frames")
                .withMessageContaining("9");
    }

    @Test
    void latentsOfAnotherSizeFailTheJob() {
        assertThatExceptionOfType(PermanentStageException.class)
                .isThrownBy(() -> decode(run(false, Tensor.of(new float[2 * 3 * 4 * 4], 2, 3, 4, 4))))
                .withMessageContaining("32x32")
                .withMessageContaining("48x32");
    }

    @Test
    void foldersOfKilledProcessesAreSweptWhenOld() throws IOException {
        Path old = Files.createDirectory(folder.resolve("job-old"));
        Files.writeString(old.resolve("video.mp4"), "left");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        Files.createDirectory(folder.resolve("job-young"));
        Files.createDirectory(folder.resolve("other"));

        Workspace.sweep(folder, Duration.ofDays(1));

        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(Path::getFileName).map(Path::toString)).containsExactlyInAnyOrder("job-young", "other");
        }
    }

    private Map<String, BundleRef> decode(TestStageRun run) throws Exception {
        return new DecodeStage(decoder, MEDIA, folder, System::nanoTime)
                .run(run)
                .outputs()
                .bundles();
    }

    private TestStageRun run(boolean saveFrames) {
        return run(saveFrames, Tensor.of(new float[2 * 3 * 4 * 6], 2, 3, 4, 6));
    }

    private TestStageRun run(boolean saveFrames, Tensor latents) {
        BundleRef ref = bundles.write(
                BundleDescription.of(Topics.TENSORS, TestJobs.id(), StageName.DENOISE_LOW, BundleRef.SAFETENSORS),
                BundleContent.of(Map.of("latents", latents)));
        Job job = TestJobs.job(
                TestJobs.request("m", saveFrames),
                StageName.TWO_EXPERTS,
                StageName.DENOISE_LOW,
                StageOutputs.ofBundles(Map.of(StageOutputs.LATENTS, ref)));
        return new TestStageRun(job, StageName.DECODE, bundles);
    }

    private static BundleRef ref(Map<String, BundleRef> made, String name) {
        return Objects.requireNonNull(made.get(name));
    }

    private byte[] bytes(BundleRef ref) throws Exception {
        try (InputStream stream = bundles.open(ref)) {
            return stream.readAllBytes();
        }
    }
}
