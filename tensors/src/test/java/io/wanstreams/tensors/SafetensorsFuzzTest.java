package io.wanstreams.tensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Whatever the bytes: content or one sentence, never another exception, never memory beyond the limits. */
class SafetensorsFuzzTest {
    private static final SafetensorsLimits LIMITS = new SafetensorsLimits(1 << 12, 8, 64, 1 << 16);

    @Property(tries = 3000)
    void survivesMutatedFiles(
            @ForAll @Size(min = 1, max = 6) int[] positions,
            @ForAll @Size(6) byte[] values,
            @ForAll @IntRange(max = 40) int cut)
            throws IOException {
        byte[] bytes = valid();
        for (int i = 0; i < positions.length; i++) {
            bytes[Math.floorMod(positions[i], bytes.length)] = values[i];
        }
        readsOrRefuses(Arrays.copyOf(bytes, bytes.length - cut));
    }

    @Property(tries = 1000)
    void survivesForeignHeaders(@ForAll @StringLength(max = 200) String text, @ForAll @IntRange(max = 64) int data)
            throws IOException {
        readsOrRefuses(SafetensorsBytes.file(text, data));
        readsOrRefuses(SafetensorsBytes.file("{\"a\":" + text, data));
    }

    @Property(tries = 2000)
    void survivesForeignNumbers(@ForAll long dim, @ForAll long begin, @ForAll long end) throws IOException {
        readsOrRefuses(SafetensorsBytes.file(
                "{\"a\":{\"dtype\":\"F64\",\"shape\":[" + dim + ",2],\"data_offsets\":[" + begin + "," + end + "]}}",
                16));
    }

    @Property(tries = 500)
    void readsBackWhatItWrites(
            @ForAll @Size(max = 5) Map<@AlphaChars @StringLength(min = 1, max = 20) String, float[]> values)
            throws IOException {
        Map<String, Tensor> tensors = new TreeMap<>();
        values.forEach((name, floats) -> tensors.put(name, Tensor.of(floats, floats.length)));
        byte[] bytes = SafetensorsWriter.of(tensors).toBytes();
        Safetensors read = SafetensorsReader.read(new ByteArrayInputStream(bytes), SafetensorsLimits.WIRE);
        assertThat(read.tensors()).isEqualTo(tensors);
        assertThat(SafetensorsWriter.of(read).toBytes()).isEqualTo(bytes);
    }

    private static byte[] valid() {
        return SafetensorsWriter.of(new Safetensors(
                        new TreeMap<>(Map.of(
                                "latents", Tensor.of(new float[6], 1, 2, 3), "ids", Tensor.of(new long[] {1, 2}, 2))),
                        new TreeMap<>(Map.of("case", "{}"))))
                .toBytes();
    }

    private static void readsOrRefuses(byte[] bytes) throws IOException {
        try {
            Safetensors content = SafetensorsReader.read(new ByteArrayInputStream(bytes), LIMITS);
            assertThat(content.tensors()).hasSizeLessThanOrEqualTo(LIMITS.tensors());
            assertThat(SafetensorsReader.read(ByteBuffer.wrap(bytes), LIMITS)).isEqualTo(content);
        } catch (SafetensorsException e) {
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(1000).endsWith(".");
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(e.getMessage()))
                    .isTrue();
        }
    }
}
