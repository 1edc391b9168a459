package io.wanstreams.inference.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PromptCleanerTest {

    /** transformer-and-text.md §1.2, the negative prompt of the original repository. */
    private static final String NEGATIVE = "色调艳丽，过曝，静态，细节模糊不清，字幕，风格，作品，画作，画面，静止，整体发灰，最差质量，低质量，JPEG压缩残留，丑陋的，残缺的，多余的手指，"
            + "画得不好的手部，画得不好的脸部，畸形的，毁容的，形态畸形的肢体，手指融合，静止不动的画面，杂乱的背景，三条腿，背景人很多，倒着走";

    /** cleaned.json is made by clean_corpus.py beside it; its first lines say how. */
    @Test
    void cleansAsTheReferenceDoes() throws Exception {
        List<String> wrong = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("cleaned.json"))) {
            JsonNode cases = new ObjectMapper().readTree(in);
            assertThat(cases.size()).isGreaterThan(5000);
            for (JsonNode each : cases) {
                String cleaned = PromptCleaner.clean(each.get(0).textValue());
                if (!cleaned.equals(each.get(1).textValue())) {
                    wrong.add(each + ", but found " + escaped(cleaned));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** transformer-and-text.md §3.1 gives the digest. */
    @Test
    void foldsTheCommasOfTheChineseNegativePrompt() throws Exception {
        byte[] cleaned = PromptCleaner.clean(NEGATIVE).getBytes(StandardCharsets.UTF_8);
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(cleaned)))
                .isEqualTo("42811917cca5c2c7e47e55003083c67a4f9122f03b95a1cfe8a4001ea6a2e5d3");
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> out.append(c > 0x20 && c < 0x7F ? String.valueOf((char) c) : "\\u%04x".formatted(c)));
        return out.toString();
    }
}
