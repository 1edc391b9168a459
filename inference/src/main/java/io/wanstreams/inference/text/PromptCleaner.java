package io.wanstreams.inference.text;

/**
 * Cleans a prompt as the reference does before it tokenizes: {@code ftfy.fix_text}, HTML-unescape twice, every run of
 * white space to one space. Source: transformer-and-text.md §3.1.
 *
 * <p>Pure, total and idempotent on ordinary text. Leaves case and punctuation alone. Of ftfy, the repair of text that
 * was decoded with the wrong character set ("mojibake") is left out; all else is as in ftfy 6.3.1.
 */
public final class PromptCleaner {

    private PromptCleaner() {}

    /**
     * The text that the tokenizer gets to see.
     *
     * @param prompt any text, also one with unpaired surrogates; positive and negative prompts are cleaned alike
     * @return one line without leading, trailing or doubled white space; maybe empty
     */
    public static String clean(String prompt) {
        String repaired = TextRepair.repair(prompt);
        return WhiteSpace.collapse(HtmlEntities.unescape(HtmlEntities.unescape(repaired)));
    }
}
