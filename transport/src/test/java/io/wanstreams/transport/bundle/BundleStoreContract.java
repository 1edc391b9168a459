package io.wanstreams.transport.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.bundle.ChunkHeaders;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.tensors.Tensor;
import io.wanstreams.transport.TestKafka;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store of bundles must do. */
abstract class BundleStoreContract {

    static final int CHUNK = ChunkHeaders.CHUNK_BYTES;

    abstract BundleStore store();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 17})
    void givesBackWhatWasWritten(int length) throws Exception {
        byte[] bytes = random(length);

        BundleRef ref = write(bytes);

        assertThat(ref.length()).isEqualTo(length);
        assertThat(ref.chunks()).isEqualTo(Math.max(1, (length + CHUNK - 1) / CHUNK));
        assertThat(ref.sha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        assertThat(ref.mediaType()).isEqualTo("video/mp4");
        try (InputStream stream = store().open(ref)) {
            assertThat(stream.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void readsRanges() throws Exception {
        byte[] bytes = random(3 * CHUNK + 17);
        BundleRef ref = write(bytes);
        int[][] ranges = {
            {0, 1},
            {0, bytes.length},
            {CHUNK - 1, 2},
            {CHUNK, CHUNK},
            {3 * CHUNK, 17},
            {bytes.length - 1, 1},
            {5, 0},
            {bytes.length, 0}
        };
        for (int[] range : ranges) {
            try (InputStream stream = store().open(ref, range[0], range[1])) {
                assertThat(stream.readAllBytes())
                        .as("from %s, %s bytes", range[0], range[1])
                        .isEqualTo(Arrays.copyOfRange(bytes, range[0], range[0] + range[1]));
            }
        }
        for (long[] range :
                new long[][] {{-1, 1}, {0, bytes.length + 1L}, {1, Long.MAX_VALUE}, {bytes.length + 1L, 0}}) {
            assertThatThrownBy(() -> store().open(ref, range[0], range[1]).close())
                    .as("from %s, %s bytes", range[0], range[1])
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void givesBackTensorsWithEqualBytesForEqualTensors() throws Exception {
        JobId job = TestKafka.newJobId();
        Map<String, Tensor> tensors = Map.of(
                "latents", Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3),
                "ids", Tensor.of(new long[] {7, 8}, 2));

        BundleRef ref = store().writeTensors(Topics.TENSORS, job, StageName.DENOISE, tensors);
        BundleRef again = store().writeTensors(Topics.TENSORS, job, StageName.DENOISE, tensors);

        assertThat(store().readTensors(ref).tensors()).isEqualTo(tensors);
        assertThat(again.sha256()).isEqualTo(ref.sha256());
        assertThat(ref.mediaType()).isEqualTo(BundleRef.SAFETENSORS);
        assertThat(ref.tensors())
                .extracting(entry -> entry.name() + " " + entry.dtype() + " " + entry.shape())
                .containsExactly("ids I64 [2]", "latents F32 [2, 3]");
    }

    @Test
    void writesFiles(@TempDir Path directory) throws Exception {
        byte[] bytes = random(CHUNK + 5);
        Path file = Files.write(directory.resolve("video.mp4"), bytes);

        BundleRef ref = store().write(description(), BundleContent.of(file));

        try (InputStream stream = store().open(ref)) {
            assertThat(stream.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void refusesWhatIsNoSafetensorsFile() throws Exception {
        BundleRef ref = write(random(100));

        assertThatThrownBy(() -> store().readTensors(ref))
                .isInstanceOf(BadBundleException.class)
                .hasMessageContaining("is no safetensors file")
                .hasMessageContaining("stage decode");
    }

    @Test
    void refusesTensorsLongerThanTheWireAllowsBeforeLooking() throws Exception {
        BundleRef ref = write(random(10));
        long tooLong = 1L << 40;
        BundleRef claim = new BundleRef(
                ref.topic(),
                ref.topicId(),
                ref.partition(),
                0,
                ChunkHeaders.chunksOf(tooLong),
                tooLong,
                ChunkHeaders.chunksOf(tooLong),
                ref.sha256(),
                ref.mediaType(),
                List.of());

        assertThatThrownBy(() -> store().readTensors(claim))
                .isInstanceOf(BadBundleException.class)
                .hasMessageContaining("at most");
    }

    @Test
    void refusesAReferenceWithAnotherDigestOrLength() throws Exception {
        BundleRef ref = write(random(2 * CHUNK));
        BundleRef otherDigest = with(ref, ref.firstOffset(), ref.length(), "0".repeat(64));
        BundleRef otherLength = with(ref, ref.firstOffset(), ref.length() - 1, ref.sha256());

        for (BundleRef wrong : List.of(otherDigest, otherLength)) {
            assertThatThrownBy(() -> {
                        try (InputStream stream = store().open(wrong)) {
                            stream.readAllBytes();
                        } catch (IOException e) {
                            throw e.getCause() == null ? e : e.getCause();
                        }
                    })
                    .isInstanceOf(BadBundleException.class)
                    .hasMessageContaining(Long.toString(ref.firstOffset()));
        }
    }

    static BundleRef with(BundleRef ref, long firstOffset, long length, String sha256) {
        return new BundleRef(
                ref.topic(),
                ref.topicId(),
                ref.partition(),
                firstOffset,
                firstOffset + ref.lastOffset() - ref.firstOffset(),
                length,
                ref.chunks(),
                sha256,
                ref.mediaType(),
                ref.tensors());
    }

    BundleRef write(byte[] bytes) throws Exception {
        return store().write(description(), BundleContent.of(bytes));
    }

    static BundleDescription description() {
        return BundleDescription.of(Topics.MEDIA, TestKafka.newJobId(), StageName.DECODE, "video/mp4");
    }

    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
