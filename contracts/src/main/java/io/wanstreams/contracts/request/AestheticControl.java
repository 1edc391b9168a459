package io.wanstreams.contracts.request;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** One of the closed lists of looks that a prompt can be given. */
public sealed interface AestheticControl permits Lighting, Composition, ColorTone {

    /** What the prompt gains, in English. */
    String words();

    static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <E extends Enum<E>> E parse(Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> text(value).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(AestheticControl::text)
                                .collect(Collectors.joining(", "))));
    }
}
