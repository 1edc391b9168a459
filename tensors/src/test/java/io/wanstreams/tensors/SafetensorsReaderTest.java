package io.wanstreams.tensors;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SafetensorsReaderTest {
    private static final String ONE = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";

    @Test
    void refusesDataThatIsCutOff() {
        for (int length = 0; length < 8; length++) {
            refuses(SafetensorsBytes.file(ONE, length), "cut off in tensor a");
        }
    }

    @Test
    void refusesTrailingBytes() {
        refuses(SafetensorsBytes.file(ONE, 9), "behind the last tensor");
    }

    /** The claim is a gibibyte; a reader that believed it would not fit the test's heap several times over. */
    @Test
    void allocatesOnlyWhatArrives() {
        String header = "{\"a\":{\"dtype\":\"U8\",\"shape\":[1073741824],\"data_offsets\":[0,1073741824]}}";
        for (int i = 0; i < 10; i++) {
            refuses(SafetensorsBytes.file(header, 100), "cut off in tensor a");
        }
    }

    private static void refuses(byte[] bytes, String sentence) {
        assertThatExceptionOfType(SafetensorsException.class)
                .isThrownBy(() -> SafetensorsReader.read(new ByteArrayInputStream(bytes), SafetensorsLimits.WIRE))
                .withMessageContaining(sentence);
        assertThatExceptionOfType(SafetensorsException.class)
                .isThrownBy(() -> SafetensorsReader.read(
                        ByteBuffer.wrap(Arrays.copyOf(bytes, bytes.length)), SafetensorsLimits.WIRE))
                .withMessageContaining(sentence);
    }
}
