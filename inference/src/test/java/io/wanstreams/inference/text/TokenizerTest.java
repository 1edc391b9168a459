package io.wanstreams.inference.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

    /** A published file may ask for 512 padded rows; ids are wanted without, cut where the caller says. */
    @Test
    void paddingAndTruncationOfTheFileDoNotCount(@TempDir Path copy) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode file =
                (ObjectNode) mapper.readTree(TOKENIZER.resolve("tokenizer.json").toFile());
        file.putObject("padding")
                .put("direction", "Right")
                .put("pad_id", 0)
                .put("pad_type_id", 0)
                .put("pad_token", "<pad>")
                .putNull("pad_to_multiple_of")
                .putObject("strategy")
                .put("Fixed", 512);
        file.putObject("truncation")
                .put("direction", "Right")
                .put("max_length", 7)
                .put("strategy", "LongestFirst")
                .put("stride", 0);
        mapper.writeValue(copy.resolve("tokenizer.json").toFile(), file);
        try (Tokenizer plain = Tokenizer.open(TOKENIZER, 512);
                Tokenizer padded = Tokenizer.open(copy, 512)) {
            String text = "a red ball bouncing on a green field";
            assertThat(padded.encode(text)).containsExactly(plain.encode(text)).hasSizeGreaterThan(7);
        }
    }

    /** Else the native library is looked for on the network where there is a GPU. */
    @Test
    void theProcessorsBuildIsChosenBeforeTheLibraryLoads() {
        Tokenizer.open(TOKENIZER, 512).close();
        assertThat(System.getProperty("RUST_FLAVOR")).isEqualTo("cpu");
    }

    @Test
    void aRowWithoutRoomForItsEndIsRefused() {
        assertThatThrownBy(() -> Tokenizer.open(TOKENIZER, 0)).hasMessageContaining("at least 1, found 0");
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
