package io.wanstreams.gateway.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wanstreams.gateway.request.ImageReference;
import io.wanstreams.gateway.request.Refusal;
import io.wanstreams.gateway.request.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 2397; Base64 as in RFC 4648 §10. */
final class DataUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"data:image/png;base64,Zm9v", "DATA:IMAGE/WEBP;BASE64,Zm9v", "data:image/x;a=b;base64,Zm9v"})
    void decodes(String url) {
        assertThat(DataUrl.bytes(reference(url), 3)).asString().isEqualTo("foo");
        assertThat(DataUrl.bytes(reference("data:image/png;base64,Zm8="), 2))
                .asString()
                .isEqualTo("fo");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data:",
                "data:,",
                "data:image/png;base64",
                "data:image/png,Zm9v",
                "data:text/html;base64,Zm9v",
                "data:image/png;base64,Zm9vA",
                "data:image/png;base64,Zm 9v",
                "data:image/png;base64,Zm9%2B",
                "data:image/png;base64,Zm9v\uD83D\uDE00",
                "data:image/png;base64,===="
            })
    void refusesWhatIsMalformedWithoutRepeatingIt(String url) {
        Refusal refusal = refusal(url, 100);

        assertThat(refusal.param()).isEqualTo("reference_url");
        assertThat(refusal.code()).isEqualTo(Refusal.INVALID_VALUE);
        assertThat(refusal.message()).startsWith("reference_url is a data URL ").doesNotContain("Zm9");
    }

    @Test
    void judgesTheLengthBeforeItDecodes() {
        assertThat(refusal("data:image/png;base64," + "!".repeat(4_000_000), 2_999_999)
                        .message())
                .isEqualTo("reference_url has an image of 3000000 bytes, allowed are 2999999.");
        assertThat(refusal("data:image/png;base64," + "!".repeat(4_000_000), 3_000_000)
                        .message())
                .contains("not Base64");
        assertThat(refusal("data:image/" + "x".repeat(1 << 20) + ";base64,Zm9v", 100)
                        .message())
                .contains("of the form");
    }

    private static ImageReference reference(String url) {
        return new ImageReference("reference_url", url);
    }

    private static Refusal refusal(String url, long limit) {
        RefusedException refused =
                catchThrowableOfType(RefusedException.class, () -> DataUrl.bytes(reference(url), limit));
        assertThat(refused).isNotNull();
        return refused.refusal();
    }
}
