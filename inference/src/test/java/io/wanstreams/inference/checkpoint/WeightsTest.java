package io.wanstreams.inference.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wanstreams.inference.graph.WeightSource.Place;
import io.wanstreams.tensors.DType;
import io.wanstreams.tensors.SafetensorsWriter;
import io.wanstreams.tensors.Shape;
import io.wanstreams.tensors.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsTest {
    private static final float[] VALUES = {1, -2.5f, 0};

    @TempDir
    Path directory;

    private Path folder;
    private Path cache;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectories(directory.resolve("transformer"));
        cache = directory.resolve("cache");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model.safetensors",
                "diffusion_pytorch_model.safetensors",
                "pytorch_model.safetensors",
                "anything_else.safetensors"
            })
    void findsOneFile(String name) throws IOException {
        write(name, Map.of("a", Tensor.of(VALUES, 3)));
        Weights weights = Weights.open(folder, cache);
        assertThat(weights.names()).containsExactly("a");
        assertThat(weights.read("a", 3)).isEqualTo(VALUES);
        assertThat(weights.shape("a")).isEqualTo(Shape.of(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model.safetensors.index.json",
                "diffusion_pytorch_model.safetensors.index.json",
                "other.safetensors.index.json",
                "model.safetensors.index.fp16.json"
            })
    void findsShardsByTheirIndex(String name) throws IOException {
        write("one.safetensors", Map.of("a", Tensor.of(VALUES, 3)));
        write("two.safetensors", Map.of("b", Tensor.of(VALUES, 1, 3)));
        index(name, "{'a': 'one.safetensors', 'b': 'two.safetensors'}");
        Weights weights = Weights.open(folder, cache);
        assertThat(weights.has("b")).isTrue();
        Map<String, Place> places = weights.locate(Set.of("a", "b")).places();
        assertThat(places.values())
                .extracting(Place::location)
                .containsExactlyInAnyOrder("one.safetensors", "two.safetensors");
        assertThat(cache).doesNotExist();
    }

    @Test
    void followsLinksToWhereTheBytesAre() throws IOException {
        Path blobs = Files.createDirectories(directory.resolve("blobs"));
        write("model.safetensors", Map.of("a", Tensor.of(VALUES, 3)));
        Files.move(folder.resolve("model.safetensors"), blobs.resolve("abc"));
        Files.createSymbolicLink(folder.resolve("model.safetensors"), Path.of("../blobs/abc"));
        assertThat(Weights.open(folder, cache).locate(Set.of("a")).folder()).isEqualTo(blobs.toRealPath());
    }

    /** A checkpoint may mix types; each tensor says its own. */
    @Test
    void convertsHalfPrecisionOnceAndLeavesTheRestInPlace() throws IOException {
        write("model.safetensors", Map.of("a", half(), "b", brain(), "c", wide(), "d", Tensor.of(VALUES, 3)));
        Weights weights = Weights.open(folder, cache);
        assertThat(located(weights, "a")).isEqualTo(VALUES);
        assertThat(located(weights, "b")).isEqualTo(VALUES);
        assertThat(located(weights, "c")).isEqualTo(VALUES);
        assertThat(located(weights, "d")).isEqualTo(VALUES);
        assertThat(weights.locate(Set.of("d")).folder()).isEqualTo(folder.toRealPath());
        List<Path> copies = copies();
        assertThat(copies).hasSize(1);
        byte[] before = Files.readAllBytes(copies.get(0));
        Object time = Files.getLastModifiedTime(copies.get(0));
        assertThat(located(Weights.open(folder, cache), "a")).isEqualTo(VALUES);
        assertThat(Files.readAllBytes(copies.get(0))).isEqualTo(before);
        assertThat(Files.getLastModifiedTime(copies.get(0))).isEqualTo(time);
    }

    @Test
    void sharesTheCopyOfEqualFiles() throws IOException {
        write("model.safetensors", Map.of("a", half()));
        located(Weights.open(folder, cache), "a");
        Path other = Files.createDirectories(directory.resolve("transformer_2"));
        Files.copy(folder.resolve("model.safetensors"), other.resolve("model.safetensors"));
        located(Weights.open(other, cache), "a");
        assertThat(copies()).hasSize(1);
        Files.delete(folder.resolve("model.safetensors"));
        write("model.safetensors", Map.of("a", brain()));
        located(Weights.open(folder, cache), "a");
        assertThat(copies()).hasSize(2);
    }

    @Test
    void letsManyConvertAtOnce() throws IOException {
        float[] many = new float[3_000_000];
        Arrays.fill(many, 1);
        ByteBuffer halves = little(2 * many.length);
        IntStream.range(0, many.length).forEach(i -> halves.putShort((short) 0x3c00));
        write("model.safetensors", Map.of("a", Tensor.of(DType.F16, Shape.of(many.length), halves.flip())));
        List<CompletableFuture<float[]>> all = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> located(Weights.open(folder, cache), "a")))
                .limit(4)
                .toList();
        all.forEach(found -> assertThat(Arrays.equals(found.join(), many)).isTrue());
        assertThat(copies()).hasSize(1);
        try (Stream<Path> left = Files.list(cache)) {
            assertThat(left.filter(file -> file.toString().endsWith(".part"))).isEmpty();
        }
    }

    @Test
    void removesWhatAKilledConversionLeft() throws IOException {
        write("model.safetensors", Map.of("a", half()));
        located(Weights.open(folder, cache), "a");
        Path copy = copies().get(0);
        Files.delete(copy);
        Path old = Files.writeString(cache.resolve(copy.getFileName() + ".1.part"), "");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        Path others = Files.writeString(cache.resolve(copy.getFileName() + ".2.part"), "");
        located(Weights.open(folder, cache), "a");
        assertThat(old).doesNotExist();
        assertThat(others).exists();
    }

    @Test
    void saysWhenTheCacheCannotBeWritten() throws IOException {
        write("model.safetensors", Map.of("a", half()));
        Files.writeString(cache, "a file where the folder should be");
        refuses(() -> located(Weights.open(folder, cache), "a"), "could not be converted to F32 in the cache folder");
    }

    @Test
    void namesFileAndTensorOfWhatDoesNotFit() throws IOException {
        write("model.safetensors", Map.of("a", Tensor.of(VALUES, 3), "i", Tensor.of(new long[1], 1)));
        Weights weights = Weights.open(folder, cache);
        refuses(() -> weights.require("b", 3), "model.safetensors; the config beside it");
        refuses(() -> weights.require("a", 1, 3), "model.safetensors has shape [3], the config asks for [1,3]");
        refuses(() -> weights.require("i", 1), "has element type I64");
    }

    @Test
    void refusesFoldersWithoutDoubt() throws IOException {
        refuses(() -> Weights.open(folder, cache), "has no weights");
        write("x.safetensors", Map.of());
        write("y.safetensors", Map.of());
        refuses(() -> Weights.open(folder, cache), "2 files of weights and no index");
    }

    @Test
    void refusesBrokenShards() throws IOException {
        write("one.safetensors", Map.of("a", Tensor.of(VALUES, 3)));
        index("model.safetensors.index.json", "{'a': 'none.safetensors'}");
        refuses(
                () -> Weights.open(folder, cache),
                "none.safetensors is missing; model.safetensors.index.json names it");
        index("model.safetensors.index.json", "{'b': 'one.safetensors'}");
        refuses(() -> Weights.open(folder, cache), "Tensor b is missing in");
        index("model.safetensors.index.json", "{'a': '../one.safetensors'}");
        refuses(() -> Weights.open(folder, cache), "expected a file name");
        index("model.safetensors.index.json", "7");
        refuses(() -> Weights.open(folder, cache), "has weight_map = 7");
        index("model.safetensors.index.json", "{'a': 'one.safetensors'}");
        byte[] whole = Files.readAllBytes(folder.resolve("one.safetensors"));
        Files.write(folder.resolve("one.safetensors"), Arrays.copyOf(whole, whole.length - 1));
        refuses(() -> Weights.open(folder, cache), "cut off, tensor a is the first that is not whole");
    }

    private void write(String name, Map<String, Tensor> tensors) throws IOException {
        Files.write(folder.resolve(name), SafetensorsWriter.of(tensors).toBytes());
    }

    private void index(String name, String weightMap) throws IOException {
        Files.writeString(
                folder.resolve(name),
                "{\"metadata\": {\"total_size\": 1}, \"weight_map\": " + weightMap.replace('\'', '"') + "}");
    }

    private List<Path> copies() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.filter(file -> file.toString().endsWith(".f32.safetensors"))
                    .toList();
        }
    }

    /** The floats that lie where the runtime is told to look. */
    private static float[] located(Weights weights, String name) {
        var located = weights.locate(Set.of(name));
        Place place = Objects.requireNonNull(located.places().get(name));
        try (FileChannel channel = FileChannel.open(located.folder().resolve(place.location()))) {
            ByteBuffer bytes = little((int) place.length());
            channel.read(bytes, place.offset());
            float[] floats = new float[(int) place.length() / 4];
            bytes.flip().asFloatBuffer().get(floats);
            return floats;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Tensor half() {
        return Tensor.of(
                DType.F16,
                Shape.of(3),
                little(6)
                        .putShort((short) 0x3c00)
                        .putShort((short) 0xc100)
                        .putShort((short) 0)
                        .flip());
    }

    private static Tensor brain() {
        return Tensor.of(
                DType.BF16,
                Shape.of(3),
                little(6)
                        .putShort((short) 0x3f80)
                        .putShort((short) 0xc020)
                        .putShort((short) 0)
                        .flip());
    }

    private static Tensor wide() {
        return Tensor.of(
                DType.F64,
                Shape.of(3),
                little(24).putDouble(1).putDouble(-2.5).putDouble(0).flip());
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void refuses(ThrowingCallable opening, String sentence) {
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(opening)
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1))
                .withMessageContaining(sentence);
    }
}
