package io.wanstreams.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsFileTest {
    @TempDir
    Path dir;

    @Test
    void mapsTensors() throws IOException {
        Path path = dir.resolve("a.safetensors");
        Tensor tensor = Tensor.of(new float[] {1, 2, 3}, 3);
        Files.write(
                path,
                SafetensorsWriter.of(Map.of("a", Tensor.of(new byte[] {9}, 1), "b", tensor))
                        .toBytes());
        SafetensorsFile file = SafetensorsFile.open(path, SafetensorsLimits.CHECKPOINT);
        assertThat(file.tensor("b")).isEqualTo(tensor);
        assertThatExceptionOfType(SafetensorsException.class)
                .isThrownBy(() -> file.tensor("c"))
                .withMessageContaining("a.safetensors has no tensor c");
    }

    /** A sparse file: 5 GiB by its length, a few kilobytes on disk. */
    @Test
    void readsBeyondTwoGibibytes() throws IOException {
        Path path = dir.resolve("large.safetensors");
        long large = 5L << 30;
        SafetensorsLayout layout = SafetensorsLayout.of(
                Map.of(
                        "a", new SafetensorsLayout.Slot(DType.F32, Shape.of(large / 4)),
                        "b", new SafetensorsLayout.Slot(DType.U8, Shape.of(2))),
                Map.of());
        try (FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(layout.prefix());
            channel.write(ByteBuffer.wrap(new byte[] {4, 2}), layout.header().dataStart() + large);
        }
        SafetensorsFile file = SafetensorsFile.open(path, SafetensorsLimits.CHECKPOINT);
        assertThat(file.tensor("b").toLongs()).containsExactly(4, 2);
        assertThatExceptionOfType(SafetensorsException.class)
                .isThrownBy(() -> file.tensor("a"))
                .withMessageContaining("more than one view");
    }

    @Test
    void namesTheFileAndTheTensorOfATruncatedFile() throws IOException {
        byte[] bytes = SafetensorsWriter.of(Map.of("a", Tensor.of(new float[4], 4), "b", Tensor.of(new float[4], 4)))
                .toBytes();
        Path path = dir.resolve("cut.safetensors");
        Files.write(path, Arrays.copyOf(bytes, bytes.length - 1));
        assertThatExceptionOfType(SafetensorsException.class)
                .isThrownBy(() -> SafetensorsFile.open(path, SafetensorsLimits.CHECKPOINT))
                .withMessageContaining("cut.safetensors")
                .withMessageContaining("cut off, tensor b");
        Files.write(path, Arrays.copyOf(bytes, bytes.length + 1));
        assertThatExceptionOfType(SafetensorsException.class)
                .isThrownBy(() -> SafetensorsFile.open(path, SafetensorsLimits.CHECKPOINT))
                .withMessageContaining("no tensor owns");
    }

    @Test
    void namesAMissingFile() {
        assertThatExceptionOfType(SafetensorsException.class)
                .isThrownBy(() -> SafetensorsFile.open(dir.resolve("none"), SafetensorsLimits.CHECKPOINT))
                .withMessageContaining("none does not exist");
    }
}
