package io.wanstreams.inference.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** One run of the reference pipeline: what went in, and the tensors that came out. golden/README.md lists them. */
public record GoldenCase(String name, JsonNode request, JsonNode header, ByteBuffer data) {

    private static final Path FOLDER = Path.of("src/test/golden");

    /** All cases of text to video. */
    public static Stream<GoldenCase> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".json") && (file.startsWith("t2v-") || file.startsWith("ti2v-")))
                    .sorted()
                    .map(file -> open(file.substring(0, file.length() - ".json".length())))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static GoldenCase open(String name) {
        try {
            JsonNode request =
                    new ObjectMapper().readTree(FOLDER.resolve(name + ".json").toFile());
            ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(FOLDER.resolve(name + ".safetensors")))
                    .order(ByteOrder.LITTLE_ENDIAN);
            int length = Math.toIntExact(file.getLong());
            JsonNode header = new ObjectMapper().readTree(new String(file.array(), 8, length, StandardCharsets.UTF_8));
            return new GoldenCase(
                    name, request, header, file.position(8 + length).slice().order(ByteOrder.LITTLE_ENDIAN));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path checkpoint() {
        return FOLDER.resolve(text("checkpoint"));
    }

    public String text(String key) {
        return request.get(key).textValue();
    }

    public boolean has(String tensor) {
        return header.has(tensor);
    }

    public int[] shape(String tensor) {
        return new ObjectMapper().convertValue(entry(tensor).get("shape"), int[].class);
    }

    public float[] floats(String tensor) {
        ByteBuffer bytes = bytes(tensor, "F32");
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    /** A row of token ids, stored as I64 or I32. */
    public int[] ids(String tensor) {
        String type = entry(tensor).get("dtype").textValue();
        ByteBuffer bytes = bytes(tensor, type);
        int[] values = new int[bytes.remaining() / (type.equals("I64") ? Long.BYTES : Integer.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = type.equals("I64") ? Math.toIntExact(bytes.getLong()) : bytes.getInt();
        }
        return values;
    }

    public byte[] uint8(String tensor) {
        ByteBuffer bytes = bytes(tensor, "U8");
        byte[] values = new byte[bytes.remaining()];
        bytes.get(values);
        return values;
    }

    @Override
    public String toString() {
        return name;
    }

    private ByteBuffer bytes(String tensor, String type) {
        JsonNode entry = entry(tensor);
        if (!entry.get("dtype").textValue().equals(type)) {
            throw new IllegalArgumentException(name + ": " + tensor + " is " + entry.get("dtype"));
        }
        int from = entry.get("data_offsets").get(0).intValue();
        int to = entry.get("data_offsets").get(1).intValue();
        return data.slice(from, to - from).order(ByteOrder.LITTLE_ENDIAN);
    }

    private JsonNode entry(String tensor) {
        if (!header.has(tensor)) {
            throw new IllegalArgumentException(name + " has no tensor " + tensor);
        }
        return header.get(tensor);
    }
}
