package io.wanstreams.gateway.request;

import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Values of closed lists. */
final class Choice {

    private Choice() {}

    /** Reads a value by the list's own parser, whose refusal names the list. Case, spaces and underscores do not matter. */
    static <T> T of(String param, String text, Function<String, T> parser) {
        try {
            return parser.apply(
                    text.strip().toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-'));
        } catch (IllegalArgumentException e) {
            throw RefusedException.invalid(param, param + ": " + e.getMessage() + ".");
        }
    }

    static <T> @Nullable T orNull(String param, @Nullable String text, Function<String, T> parser) {
        return text == null ? null : of(param, text, parser);
    }
}
