package io.wanstreams.contracts.request;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A prompt in four parts: subject + action + environment + style. Parts that are absent leave no trace.
 *
 * @param subject who or what is seen
 * @param action what it does
 * @param environment where
 * @param style how it looks
 */
public record PromptTemplate(
        String subject,
        @Nullable String action,
        @Nullable String environment,
        @Nullable String style) {

    /** Subject, action and environment as one phrase, the style after a comma. */
    public String text() {
        String phrase = Stream.of(subject, action, environment)
                .filter(PromptTemplate::isGiven)
                .map(String::strip)
                .collect(Collectors.joining(" "));
        return style == null || style.isBlank() ? phrase : phrase + ", " + style.strip();
    }

    private static boolean isGiven(@Nullable String part) {
        return part != null && !part.isBlank();
    }
}
