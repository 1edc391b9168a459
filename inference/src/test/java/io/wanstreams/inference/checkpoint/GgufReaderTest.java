package io.wanstreams.inference.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wanstreams.tensors.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GgufReaderTest {

    @TempDir
    Path folder;

    /** A file made by hand after ggml's docs/gguf.md. */
    static final class Gguf {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Gguf(String magic, int version, long tensors, long entries) {
            out.writeBytes(magic.getBytes(StandardCharsets.US_ASCII));
            u32(version).u64(tensors).u64(entries);
        }

        Gguf u32(int value) {
            out.writeBytes(little(4).putInt(value).array());
            return this;
        }

        Gguf u64(long value) {
            out.writeBytes(little(8).putLong(value).array());
            return this;
        }

        Gguf text(String value) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            u64(bytes.length);
            out.writeBytes(bytes);
            return this;
        }

        Gguf architecture(String name) {
            return text("general.architecture").u32(8).text(name);
        }

        /** Dimensions last first, as the format has them. */
        Gguf tensor(String name, int type, long offset, long... dims) {
            text(name).u32(dims.length);
            for (long dim : dims) {
                u64(dim);
            }
            return u32(type).u64(offset);
        }

        byte[] toBytes() {
            return out.toByteArray();
        }

        Gguf data(byte[] bytes) {
            out.writeBytes(new byte[(32 - out.size() % 32) % 32]);
            out.writeBytes(bytes);
            return this;
        }
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void readsEveryTypeThatIsSupported() throws IOException {
        byte[] bytes = new byte[32 + 32 + 32 + 34];
        ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        data.putFloat(0, 1.5f).putShort(32, (short) 0x3c00).putShort(64, (short) 0x4020);
        data.putShort(96, (short) 0x3800).put(98, (byte) -3);
        Path file = write(new Gguf("GGUF", 3, 4, 3)
                .architecture("wan")
                .text("comfy.gguf.orig_shape.f32")
                .u32(9)
                .u32(5)
                .u64(2)
                .u32(2)
                .u32(1)
                .text("some.list")
                .u32(9)
                .u32(8)
                .u64(2)
                .text("passed")
                .text("over")
                .tensor("f32", 0, 0, 2)
                .tensor("f16", 1, 32, 1, 2)
                .tensor("bf16", 30, 64, 1)
                .tensor("q8", 8, 96, 32)
                .data(bytes));
        Map<String, StoredTensor> tensors = GgufReader.read(file, Set.of("wan"));
        assertThat(at(tensors, "f32").shape()).isEqualTo(Shape.of(2, 1));
        assertThat(at(tensors, "f16").shape()).isEqualTo(Shape.of(2, 1));
        assertThat(at(tensors, "f32").toFloats()).containsExactly(1.5f, 0);
        assertThat(at(tensors, "f16").toFloats()).containsExactly(1, 0);
        assertThat(at(tensors, "bf16").toFloats()).containsExactly(2.5f);
        assertThat(at(tensors, "q8").toFloats()).startsWith(-1.5f, 0).hasSize(32);
    }

    private static StoredTensor at(Map<String, StoredTensor> tensors, String name) {
        return Objects.requireNonNull(tensors.get(name));
    }

    @ParameterizedTest
    @CsvSource({
        "llama, 8, 32, 0, 'it is of the architecture llama, expected wan'",
        "wan, 12, 32, 0, 'tensor a has the ggml type 12, supported are F32 (0), F16 (1), Q8_0 (8) and BF16 (30)'",
        "wan, 8, 33, 0, 'tensor a [33] is no whole number of blocks of 32'",
        "wan, 0, 32, 1000, 'it is cut off: tensor a ends beyond'",
        "wan, 0, 9223372036854775807, 0, 'it is cut off: tensor a ends beyond'",
        "wan, 0, -1, 0, 'tensor a has no possible shape'",
    })
    void refusesInOneSentence(String architecture, int type, long length, long offset, String sentence)
            throws IOException {
        refuses(
                new Gguf("GGUF", 3, 1, 1)
                        .architecture(architecture)
                        .tensor("a", type, offset, length)
                        .data(new byte[64]),
                sentence);
    }

    @Test
    void refusesHeadersThatLie() throws IOException {
        refuses(new Gguf("GGUF", 1, 0, 0), "it has version 1, supported are 2 and 3");
        refuses(new Gguf("GGUF", 3, -1, 0), "it says it has 18446744073709551615 tensors");
        refuses(new Gguf("GGUF", 3, 1, 1).architecture("wan"), "it is cut off in its header");
        refuses(new Gguf("GGUF", 3, 0, 1).u64(1L << 40), "it has a name of 1099511627776 bytes");
        refuses(new Gguf("GGUF", 3, 0, 1).text("k").u32(9).u32(4).u64(1L << 60), "it has an array of");
        refuses(new Gguf("GGUF", 3, 0, 1).text("k").u32(77), "metadata of the unknown type 77");
        refuses(
                new Gguf("GGUF", 3, 2, 1)
                        .architecture("wan")
                        .tensor("a", 0, 0, 1)
                        .tensor("a", 0, 0, 1)
                        .data(new byte[32]),
                "it names tensor a twice");
    }

    private void refuses(Gguf gguf, String sentence) throws IOException {
        Path file = write(gguf);
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> GgufReader.read(file, Set.of("wan")))
                .withMessageContaining("File " + file + " cannot be used as GGUF: ")
                .withMessageContaining(sentence)
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
    }

    private Path write(Gguf gguf) throws IOException {
        return Files.write(folder.resolve("a.gguf"), gguf.out.toByteArray());
    }
}
