package io.wanstreams.contracts.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.contracts.job.Jobs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkHeadersTest {

    private static final ChunkHeaders EXAMPLE = new ChunkHeaders(
            BundleRef.SAFETENSORS,
            "b-1",
            17,
            79,
            77_414_400,
            0x0a1b2c3d,
            Jobs.ID,
            "denoise-high",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

    @Test
    void areWrittenAsText() {
        assertThat(EXAMPLE.toMap())
                .containsExactly(
                        Map.entry("content-type", "application/x-safetensors"),
                        Map.entry("wan-bundle", "b-1"),
                        Map.entry("wan-chunk", "17/79"),
                        Map.entry("wan-length", "77414400"),
                        Map.entry("wan-crc32c", "0a1b2c3d"),
                        Map.entry("wan-job", "01890a5d-ac96-774b-bcce-b302099a8057"),
                        Map.entry("wan-stage", "denoise-high"),
                        Map.entry("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
        assertThat(ChunkHeaders.parse(EXAMPLE.toMap())).isEqualTo(EXAMPLE);
    }

    @Test
    void doWithoutATrace() {
        Map<String, String> headers = EXAMPLE.toMap();
        headers.remove("traceparent");
        assertThat(ChunkHeaders.parse(headers).traceparent()).isNull();
        assertThat(ChunkHeaders.parse(headers).toMap()).isEqualTo(headers);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "1, 1",
        "983040, 1",
        "983041, 2",
        "77414400, 79",
        "1099511627776, 1118482",
    })
    void countsChunks(long length, int chunks) {
        assertThat(ChunkHeaders.chunksOf(length)).isEqualTo(chunks);
    }

    @Property(tries = 200)
    void chunksMakeUpTheBundle(@ForAll @LongRange(min = 0, max = 20_000_000) long length) {
        int count = ChunkHeaders.chunksOf(length);
        long sum = 0;
        for (int i = 0; i < count; i++) {
            int bytes = at(i, count, length).valueBytes();
            assertThat(bytes).isLessThanOrEqualTo(ChunkHeaders.CHUNK_BYTES);
            sum += bytes;
        }
        assertThat(sum).isEqualTo(length);
    }

    private static ChunkHeaders at(int index, int count, long length) {
        return new ChunkHeaders("video/mp4", "b", index, count, length, -1, Jobs.ID, ChunkHeaders.REQUEST, null);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "content-type, none, content-type: no such header",
                "content-type, '', 'content-type: expected 1 to 256 characters, found 0'",
                "wan-bundle, none, wan-bundle: no such header",
                "wan-chunk, none, wan-chunk: no such header",
                "wan-chunk, 79/79, wan-chunk: index 79 is not below the count 79",
                "wan-chunk, 17/80, 'wan-chunk: 77414400 bytes have 79 chunks, found 80'",
                "wan-chunk, 17, 'wan-chunk: expected index/count, found ''17'''",
                "wan-chunk, -1/79, 'wan-chunk: expected index/count, found ''-1/79'''",
                "wan-chunk, 9999999999/79, 'wan-chunk: expected index/count, found ''9999999999/79'''",
                "wan-length, none, wan-length: no such header",
                "wan-length, -1, 'wan-length: expected a number of bytes, found ''-1'''",
                "wan-length, 9999999999999999999, 'wan-length: expected a number of bytes, found ''9999999999999999999'''",
                "wan-length, 1099511627777, 'a bundle has 0 to 1099511627776 bytes, found 1099511627777'",
                "wan-crc32c, none, wan-crc32c: no such header",
                "wan-crc32c, 0A1B2C3D, 'wan-crc32c: expected 8 hex digits, found ''0A1B2C3D'''",
                "wan-job, none, wan-job: no such header",
                "wan-job, 17, wan-job: not a job id: expected a UUID in lower case",
                "wan-stage, none, wan-stage: no such header",
                "wan-stage, dream, 'wan-stage: request, or expected one of prompt, encode, denoise-high, denoise-low, denoise, decode'",
            })
    void nameTheHeaderThatIsWrong(String header, String value, String message) {
        Map<String, String> headers = new LinkedHashMap<>(EXAMPLE.toMap());
        headers.remove(header);
        if (value != null) {
            headers.put(header, value);
        }
        assertThatThrownBy(() -> ChunkHeaders.parse(headers))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void refuseLongText() {
        for (String header : EXAMPLE.toMap().keySet()) {
            Map<String, String> headers = new LinkedHashMap<>(EXAMPLE.toMap());
            headers.put(header, "1".repeat(100_000));
            assertThatThrownBy(() -> ChunkHeaders.parse(headers))
                    .as(header)
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage(header + ": expected 1 to 256 characters, found 100000");
        }
    }

    @Property(tries = 1000)
    void areReadOrRefusedInOneSentence(@ForAll byte which, @ForAll String text, @ForAll long number) {
        List<String> names = new ArrayList<>(EXAMPLE.toMap().keySet());
        String name = names.get(Math.floorMod(which, names.size()));
        for (String value : List.of(text, Long.toString(number), number + "/" + text, "0/" + number, "٣/٤")) {
            Map<String, String> headers = new LinkedHashMap<>(EXAMPLE.toMap());
            headers.put(name, value);
            try {
                assertThat(ChunkHeaders.parse(headers).toMap()).containsKey(name);
            } catch (IllegalArgumentException e) {
                assertThat(e).isExactlyInstanceOf(IllegalArgumentException.class);
                assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(400);
            }
        }
    }
}
