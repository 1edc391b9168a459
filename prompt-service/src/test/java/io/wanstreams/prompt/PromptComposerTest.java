package io.wanstreams.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.contracts.request.ColorTone;
import io.wanstreams.contracts.request.Composition;
import io.wanstreams.contracts.request.Lighting;
import io.wanstreams.contracts.request.PromptSpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptComposerTest {

    @Test
    void theControlsAreAddedAsWords() {
        assertThat(compose("a red ball", Lighting.LOW_KEY, Composition.CLOSE_UP, ColorTone.WARM))
                .isEqualTo("a red ball, low-key lighting, warm colors, close-up shot");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a red ball", "  two  spaces ", "Ends with a full stop.", "一个红色的球。", "&amp; raw", ""})
    void withoutControlsThePromptIsTakenToTheLetter(String prompt) {
        assertThat(compose(prompt, null, null, null)).isEqualTo(prompt);
    }

    @Test
    void everyControlAddsItsOwnWordsAndNoOther() {
        for (Lighting lighting : Lighting.values()) {
            assertThat(compose("x", lighting, null, null)).isEqualTo("x, " + lighting.words());
        }
        for (Composition composition : Composition.values()) {
            assertThat(compose("x", null, composition, null)).isEqualTo("x, " + composition.words());
        }
        for (ColorTone tone : ColorTone.values()) {
            assertThat(compose("x", null, null, tone)).isEqualTo("x, " + tone.words());
        }
    }

    @Test
    void composingAgainChangesNothing() {
        for (Lighting lighting : Lighting.values()) {
            for (Composition composition : Composition.values()) {
                for (ColorTone tone : ColorTone.values()) {
                    String once = compose("A ball.", lighting, composition, tone);
                    assertThat(compose(once, lighting, composition, tone)).isEqualTo(once);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A ball. | A ball, low-key lighting",
                "A ball,  | A ball, low-key lighting",
                "一个红色的球。 | 一个红色的球, low-key lighting",
                "Low-Key Lighting, a ball | Low-Key Lighting, a ball",
                "一个球low-key lighting | 一个球low-key lighting",
                "a follow-key lighting | a follow-key lighting, low-key lighting",
                "low-key lightings | low-key lightings, low-key lighting",
                "... | low-key lighting"
            })
    void wordsFollowAfterACommaUnlessTheyAreThere(String prompt, String expected) {
        assertThat(compose(prompt, Lighting.LOW_KEY, null, null)).isEqualTo(expected);
    }

    private static String compose(
            String prompt, @Nullable Lighting lighting, @Nullable Composition composition, @Nullable ColorTone tone) {
        return PromptComposer.compose(new PromptSpec(prompt, "", lighting, composition, tone));
    }
}
