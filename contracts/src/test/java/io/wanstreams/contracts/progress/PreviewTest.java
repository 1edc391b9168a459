package io.wanstreams.contracts.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.StageName;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PreviewTest {

    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, 1, 2};

    /** Written by hand, after the grammar. */
    private static final Map<String, String> HEADERS = Map.of(
            "content-type", "image/jpeg",
            "wan-job", "01890a5d-ac96-774b-bcce-b302099a8057",
            "wan-stage", "denoise-high",
            "wan-turn", "17",
            "wan-step", "3/20");

    @Test
    void headersSayWhatItIs() {
        Preview preview = new Preview(
                JobId.parse("01890a5d-ac96-774b-bcce-b302099a8057"), StageName.DENOISE_HIGH, 17, 3, 20, JPEG);

        assertThat(preview.headers()).isEqualTo(HEADERS);
        Preview read = Preview.parse(HEADERS, JPEG);
        assertThat(read.headers()).isEqualTo(HEADERS);
        assertThat(read.jpeg()).isEqualTo(JPEG);
    }

    @ParameterizedTest
    @CsvSource({
        "wan-job, x",
        "wan-stage, upload",
        "wan-turn, -1",
        "wan-turn, 9999999999999999999",
        "wan-step, 3",
        "wan-step, 3/9999999999",
        "wan-step, ''",
    })
    void refusesOtherHeaders(String name, String value) {
        Map<String, String> headers = new HashMap<>(HEADERS);
        headers.put(name, value);
        assertThatIllegalArgumentException().isThrownBy(() -> Preview.parse(headers, JPEG));
        headers.remove(name);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Preview.parse(headers, JPEG))
                .withMessageContaining(name);
    }

    @Test
    void refusesWhatIsNoSmallJpeg() {
        assertThatIllegalArgumentException().isThrownBy(() -> Preview.parse(HEADERS, new byte[] {1, 2, 3}));
        assertThatIllegalArgumentException().isThrownBy(() -> Preview.parse(HEADERS, new byte[0]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Preview.parse(HEADERS, new byte[Preview.LIMIT_BYTES + 1]))
                .withMessageContaining("" + Preview.LIMIT_BYTES);
    }
}
