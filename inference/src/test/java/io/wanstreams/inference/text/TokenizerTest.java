package io.wanstreams.inference.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.inference.GoldenCase;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TokenizerTest {

    private static final Path TOKENIZER = Path.of("src/test/golden/t2v/tokenizer");

    @ParameterizedTest
    @MethodSource("io.wanstreams.inference.GoldenCase#all")
    void idsAreThoseOfTheReference(GoldenCase golden) {
        try (Tokenizer tokenizer = Tokenizer.open(golden.checkpoint().resolve("tokenizer"), Tokenizer.MAX_TOKENS)) {
            assertThat(tokenizer.encode(PromptCleaner.clean(golden.text("prompt"))))
                    .containsExactly(golden.ids("prompt_ids"));
            assertThat(tokenizer.encode(PromptCleaner.clean(golden.text("negative_prompt"))))
                    .containsExactly(golden.ids("negative_ids"));
        }
    }

    @Test
    void theEmptyPromptIsTheEndTokenAlone() {
        try (Tokenizer tokenizer = Tokenizer.open(TOKENIZER, Tokenizer.MAX_TOKENS)) {
            assertThat(tokenizer.encode("")).containsExactly(1);
        }
    }

    @Test
    void aLongPromptIsCutAndKeepsItsEndToken() {
        try (Tokenizer tokenizer = Tokenizer.open(TOKENIZER, Tokenizer.MAX_TOKENS);
                Tokenizer narrow = Tokenizer.open(TOKENIZER, 5)) {
            String text = "a red ball ".repeat(1000);
            assertThat(tokenizer.encode(text)).hasSize(512).endsWith(1);
            int[] ids = narrow.encode(text);
            assertThat(ids).hasSize(5).endsWith(1);
            assertThat(tokenizer.encode(text)).startsWith(ids[0], ids[1], ids[2], ids[3]);
        }
    }

    @Test
    void aMissingFileIsNamed(@TempDir Path empty) {
        assertThatThrownBy(() -> Tokenizer.open(empty, 512))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining(empty.resolve("tokenizer.json") + " is missing");
    }

    @Test
    void aBrokenFileIsNamed(@TempDir Path broken) throws Exception {
        Path file = Files.writeString(broken.resolve("tokenizer.json"), "{\"version\":\"1.0\",\"model\":");
        assertThatThrownBy(() -> Tokenizer.open(broken, 512))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining(file + " cannot be read");
    }
}
