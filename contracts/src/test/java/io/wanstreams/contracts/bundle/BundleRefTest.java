package io.wanstreams.contracts.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.contracts.json.ContractJson;
import io.wanstreams.contracts.json.MalformedContractException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundleRefTest {

    private static final String SHA256 = "0f".repeat(32);

    private static final String JSON =
            "{\"topic\":\"wan.tensors\",\"topic_id\":\"Zm9v\",\"partition\":1,\"first_offset\":5,\"last_offset\":7,"
                    + "\"length\":2000000,\"chunks\":3,\"sha256\":\"" + SHA256
                    + "\",\"media_type\":\"application/x-safetensors\","
                    + "\"tensors\":[{\"name\":\"latents\",\"dtype\":\"F32\",\"shape\":[16,3,4,8]}]}";

    private static BundleRef ref(int partition, long first, long last, long length, int chunks) {
        return new BundleRef("t", "id", partition, first, last, length, chunks, SHA256, "video/mp4", List.of());
    }

    @Test
    void isReadableTextThatReadsBack() {
        BundleRef ref = ContractJson.read(JSON.getBytes(StandardCharsets.UTF_8), BundleRef.class);
        assertThat(new String(ContractJson.write(ref), StandardCharsets.UTF_8)).isEqualTo(JSON);
        assertThat(ref.tensors()).containsExactly(new TensorEntry("latents", "F32", List.of(16L, 3L, 4L, 8L)));
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 5, 7, 2000000, 3, counts from zero",
        "1, -5, 7, 2000000, 3, counts from zero",
        "1, 5, 7, -1, 3, counts from zero",
        "1, 5, 6, 2000000, 3, does not fit into offsets 5 to 6",
        "1, 5, 4, 1, 1, does not fit into offsets 5 to 4",
        "1, 5, -9223372036854775808, 1, 1, does not fit into offsets",
        "1, 9223372036854775807, 0, 1, 1, does not fit into offsets",
        "1, 5, 7, 2000000, 2, 'has 3 chunks, found 2'",
        "1, 5, 7, 2000000, 0, does not fit",
        "1, 5, 7, 1, -2147483648, does not fit",
        "1, 0, 9223372036854775807, 1099511627777, 3, 0 to 1099511627776 bytes",
    })
    void refusesNumbersThatCannotBe(int partition, long first, long last, long length, int chunks, String message) {
        assertThatThrownBy(() -> ref(partition, first, last, length, chunks))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void foreignRecordsMayLieBetween() {
        assertThat(ref(0, 0, Long.MAX_VALUE, 2_000_000, 3).chunks()).isEqualTo(3);
        assertThat(ref(0, 3, 3, 0, 1).length()).isZero();
    }

    @Test
    void refusesTextThatCannotBe() {
        for (String digest : List.of("", "0F".repeat(32), "0f".repeat(31), "0f".repeat(33), "zz".repeat(32))) {
            assertThatThrownBy(() -> new BundleRef("t", "i", 0, 0, 0, 1, 1, digest, "video/mp4", List.of()))
                    .hasMessage("a bundle's sha256 is 64 hex digits in lower case");
        }
        String longText = "x".repeat(257);
        for (String text : List.of("", longText)) {
            assertThatThrownBy(() -> new BundleRef(text, "i", 0, 0, 0, 1, 1, SHA256, "video/mp4", List.of()))
                    .hasMessageContaining("topic has 1 to 256 characters, found " + text.length());
            assertThatThrownBy(() -> new BundleRef("t", text, 0, 0, 0, 1, 1, SHA256, "video/mp4", List.of()))
                    .hasMessageContaining("topic_id");
            assertThatThrownBy(() -> new BundleRef("t", "i", 0, 0, 0, 1, 1, SHA256, text, List.of()))
                    .hasMessageContaining("media_type");
            assertThatThrownBy(() -> new TensorEntry(text, "F32", List.of()))
                    .hasMessageContaining("a tensor's name has 1 to 256 characters");
        }
    }

    @Test
    void refusesTensorTablesThatCannotBe() {
        TensorEntry entry = new TensorEntry("a", "BF16", List.of());
        List<TensorEntry> many = Collections.nCopies(65, entry);
        assertThatThrownBy(() -> new BundleRef("t", "i", 0, 0, 0, 1, 1, SHA256, "video/mp4", many))
                .hasMessage("a bundle holds at most 64 tensors, found 65");
        assertThatThrownBy(() -> new TensorEntry("a", "float", List.of())).hasMessageContaining("dtype");
        assertThatThrownBy(() -> new TensorEntry("a", "F32", List.of(1L, -1L))).hasMessageContaining("shape");
        assertThatThrownBy(() -> new TensorEntry("a", "F32", Collections.nCopies(17, 1L)))
                .hasMessageContaining("shape");
    }

    @Property(tries = 1000)
    void anyNumbersAreTakenOrRefusedInOneSentence(
            @ForAll int partition, @ForAll long first, @ForAll long last, @ForAll long length, @ForAll int chunks) {
        try {
            BundleRef ref = ref(partition, first, last, length, chunks);
            assertThat(ref.lastOffset() - ref.firstOffset()).isGreaterThanOrEqualTo(chunks - 1);
        } catch (IllegalArgumentException e) {
            assertThat(e).isExactlyInstanceOf(IllegalArgumentException.class);
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(200);
        }
    }

    @Property(tries = 1000)
    void mutatedTextIsReadOrRefused(@ForAll @Size(min = 1, max = 4) int[] at, @ForAll @Size(4) byte[] with) {
        byte[] bytes = JSON.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < at.length; i++) {
            bytes[Math.floorMod(at[i], bytes.length)] = with[i];
        }
        try {
            assertThat(ContractJson.read(bytes, BundleRef.class).chunks()).isPositive();
        } catch (MalformedContractException e) {
            assertThat(e.getMessage()).startsWith("BundleRef: ").hasSizeLessThan(400);
        }
    }
}
