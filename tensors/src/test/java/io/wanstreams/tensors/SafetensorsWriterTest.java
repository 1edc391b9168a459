package io.wanstreams.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SafetensorsWriterTest {
    /** Written by hand after the format's description: length, sorted JSON padded with spaces to 8, data in that order. */
    @Test
    void writesTheBytesThatTheFormatDescribes() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("b", Tensor.of(new float[] {1}, 1));
        tensors.put("a", Tensor.of(new byte[] {1, 2, 3}, 3));
        Safetensors content = new Safetensors(new TreeMap<>(tensors), new TreeMap<>(Map.of("k", "v\"é")));

        String json = "{\"__metadata__\":{\"k\":\"v\\\"é\"},"
                + "\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[3,7]}}";
        assertThat(json.getBytes(StandardCharsets.UTF_8)).hasSize(135);
        String expected = "8800000000000000"
                + HexFormat.of().formatHex(json.getBytes(StandardCharsets.UTF_8))
                + "20" + "010203" + "0000803f";
        SafetensorsWriter writer = SafetensorsWriter.of(content);
        assertThat(HexFormat.of().formatHex(writer.toBytes())).isEqualTo(expected);
        assertThat(writer.length()).isEqualTo(8 + 136 + 7);
    }

    @Test
    void padsTheHeaderWithSpaces() {
        byte[] bytes = SafetensorsWriter.of(Map.of()).toBytes();
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("0800000000000000" + "7b7d202020202020");
    }

    @Test
    void isReadBackEqualFromStreamAndBuffer() throws IOException {
        Safetensors content = Safetensors.of(Map.of(
                "latents", Tensor.of(new float[] {1, 2, 3, 4}, 2, 2),
                "empty", Tensor.of(new long[0], 0, 3),
                "scalar", Tensor.of(new int[] {7})));
        byte[] bytes = SafetensorsWriter.of(content).toBytes();
        assertThat(SafetensorsReader.read(new ByteArrayInputStream(bytes), SafetensorsLimits.WIRE))
                .isEqualTo(content);
        assertThat(SafetensorsReader.read(ByteBuffer.wrap(bytes), SafetensorsLimits.WIRE))
                .isEqualTo(content);
    }

    @Test
    void refusesNamesThatCannotBeWritten() {
        for (String name : new String[] {"", "__metadata__", "\ud800"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SafetensorsWriter.of(Map.of(name, Tensor.of(new byte[0], 0))));
        }
    }
}
