package io.wanstreams.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.tensors.Safetensors;
import io.wanstreams.tensors.SafetensorsWriter;
import io.wanstreams.tensors.Tensor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in the way of a start is one sentence and an exit code. */
class StartFailureIT {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aTakenPort() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            String port = Integer.toString(taken.getLocalPort());

            assertRefused("port " + port, "up", "--port", port, "--data", directory.toString());
        }
    }

    @Test
    void aDataDirectoryThatIsAFileOrInUse() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        assertRefused(file.toString(), "up", "--port", "0", "--data", file.toString());

        Path data = directory.resolve("data");
        try (WanProcess first = WanProcess.up(data)) {
            first.awaitUrl();
            assertRefused("in use by process", "up", "--port", "0", "--data", data.toString());
        }
    }

    @Test
    void aModelThatIsNone() throws Exception {
        assertBroken(directory.resolve("nowhere"), "nowhere");
        assertBroken(Files.createDirectory(directory.resolve("empty")), "model_index.json");
    }

    @Test
    void aModelOfAnotherKindOrWithoutAFile() throws Exception {
        Path model = copyOfGolden();
        Path index = model.resolve("model_index.json");
        String json = Files.readString(index);
        Files.writeString(index, json.replace("\"WanTransformer3DModel\"", "\"OtherTransformer\""));
        assertBroken(model, "OtherTransformer");

        Files.writeString(index, json);
        Files.delete(model.resolve("vae/config.json"));
        assertBroken(model, "vae/config.json");
    }

    @Test
    void aModelWithBrokenWeights() throws Exception {
        Path model = copyOfGolden();
        Path weights = model.resolve("transformer_2/diffusion_pytorch_model.safetensors");
        byte[] whole = Files.readAllBytes(weights);
        try (RandomAccessFile file = new RandomAccessFile(weights.toFile(), "rw")) {
            file.setLength(whole.length - 100);
        }
        assertBroken(model, "transformer_2/diffusion_pytorch_model.safetensors");

        Files.write(weights, whole);
        Map<String, Tensor> tensors = new TreeMap<>(Jobs.read(weights).tensors());
        String name = "blocks.0.attn1.to_q.weight";
        Tensor tensor = Objects.requireNonNull(tensors.remove(name));
        Files.write(weights, SafetensorsWriter.of(Safetensors.of(tensors)).toBytes());
        assertBroken(model, name);

        tensors.put(
                name,
                Tensor.of(
                        new float[(int) tensor.shape().elements()],
                        tensor.shape().elements()));
        Files.write(weights, SafetensorsWriter.of(Safetensors.of(tensors)).toBytes());
        assertBroken(model, name);
    }

    private void assertBroken(Path model, String named) throws Exception {
        assertRefused(
                named,
                "up",
                "--port",
                "0",
                "--data",
                directory.resolve("data").toString(),
                "--model",
                model.toString());
    }

    private static void assertRefused(String named, String... arguments) throws Exception {
        try (WanProcess process = WanProcess.wan(arguments)) {
            assertThat(process.exitCode()).as(process.printed()).isEqualTo(1);
            assertThat(process.err())
                    .as(process.printed())
                    .singleElement()
                    .asString()
                    .startsWith("wan: ")
                    .contains(named);
        }
    }

    private Path copyOfGolden() throws IOException {
        Path source = Root.GOLDEN.resolve("t2v");
        Path copy = directory.resolve("copy");
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(source.relativize(file).toString()));
            }
        }
        return copy;
    }
}
