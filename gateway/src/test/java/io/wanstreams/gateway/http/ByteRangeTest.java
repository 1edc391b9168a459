package io.wanstreams.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 §14.1.2 for a content of 100 bytes. */
final class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-9,0,10",
        "bytes=90-,90,10",
        "bytes=-10,90,10",
        "bytes=0-0,0,1",
        "bytes=99-99,99,1",
        "bytes=50-500,50,50",
        "bytes=-500,0,100",
        "bytes=0-999999999999999999,0,100"
    })
    void readsOneRange(String header, long first, long length) throws Exception {
        assertThat(ByteRange.of(header, 100)).hasValue(new ByteRange(first, length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes=",
                "bytes=-",
                "bytes=9-5",
                "bytes=0-1,5-6",
                "items=0-1",
                "bytes=a-b",
                "bytes=0-9999999999999999999"
            })
    void ignoresWhatItDoesNotTake(String header) throws Exception {
        assertThat(ByteRange.of(header, 100)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0"})
    void refusesWhatIsNotThere(String header) {
        assertThatThrownBy(() -> ByteRange.of(header, 100)).isInstanceOf(ByteRange.NotSatisfiableException.class);
    }
}
