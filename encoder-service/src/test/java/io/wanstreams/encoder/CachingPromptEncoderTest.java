package io.wanstreams.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.tensors.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CachingPromptEncoderTest {

    /** A prompt of one character and one row of two floats. */
    private static final int ENTRY_BYTES = 2 + 2 * 4;

    private final Cancellation wanted = new Cancellation();
    private final List<String> encoded = new ArrayList<>();

    @Test
    void aPromptThatIsKeptIsNotEncodedAgain() {
        PromptEncoder encoder = new CachingPromptEncoder(this::encode, 10 * ENTRY_BYTES);

        Tensor first = encoder.rows("a", wanted);

        assertThat(encoder.rows("a", wanted)).isSameAs(first);
        assertThat(encoded).containsExactly("a");
    }

    @Test
    void thePromptLeastRecentlyAskedForMakesRoom() {
        PromptEncoder encoder = new CachingPromptEncoder(this::encode, 2 * ENTRY_BYTES);

        encoder.rows("a", wanted);
        encoder.rows("b", wanted);
        encoder.rows("a", wanted);
        encoder.rows("c", wanted);
        encoder.rows("a", wanted);
        encoder.rows("b", wanted);

        assertThat(encoded).containsExactly("a", "b", "c", "b");
    }

    @Test
    void withoutRoomNothingIsKept() {
        PromptEncoder encoder = new CachingPromptEncoder(this::encode, 0);

        assertThat(encoder.rows("a", wanted)).isEqualTo(encoder.rows("a", wanted));
        assertThat(encoded).containsExactly("a", "a");
    }

    private Tensor encode(String prompt, Cancellation cancellation) {
        encoded.add(prompt);
        return Tensor.of(new float[] {prompt.charAt(0), 1}, 1, 2);
    }
}
