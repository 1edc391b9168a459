package io.wanstreams.prompt;

import io.wanstreams.contracts.request.AestheticControl;
import io.wanstreams.contracts.request.PromptSpec;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Makes the final prompt: what the client wrote, then the words of lighting, color tone and composition, in this order,
 * each after a comma. Words that the prompt has already are not said twice, so composing again changes nothing. Without
 * controls the prompt stays as it is, to the letter.
 */
final class PromptComposer {

    private static final String CLOSING_PUNCTUATION = ",.;，。；、";

    private PromptComposer() {}

    static String compose(PromptSpec spec) {
        return Stream.of(spec.lighting(), spec.colorTone(), spec.composition())
                .flatMap(Stream::ofNullable)
                .map(AestheticControl::words)
                .reduce(spec.prompt(), PromptComposer::with);
    }

    private static String with(String prompt, String words) {
        if (says(prompt, words)) {
            return prompt;
        }
        String open = withoutEnd(prompt);
        return open.isEmpty() ? words : open + ", " + words;
    }

    /** The words stand in the prompt by themselves, not inside longer ones. */
    private static boolean says(String prompt, String words) {
        String text = prompt.toLowerCase(Locale.ROOT);
        for (int at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
            int end = at + words.length();
            if ((at == 0 || !isWord(text.charAt(at - 1))) && (end == text.length() || !isWord(text.charAt(end)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWord(char c) {
        return (Character.isLetterOrDigit(c) && !Character.isIdeographic(c)) || c == '-';
    }

    private static String withoutEnd(String prompt) {
        int end = prompt.length();
        while (end > 0 && isEnd(prompt.charAt(end - 1))) {
            end--;
        }
        return prompt.substring(0, end);
    }

    private static boolean isEnd(char c) {
        return Character.isWhitespace(c) || CLOSING_PUNCTUATION.indexOf(c) >= 0;
    }
}
