package io.wanstreams.denoise;

import java.time.Duration;

/**
 * Whether, and how often, runs show where they are.
 *
 * @param source of the map
 * @param every least time between two pictures of one run
 */
record PreviewRule(PreviewSource source, Duration every) {

    static final PreviewRule NEVER = new PreviewRule(PreviewSource.NONE, Duration.ZERO);

    PreviewRule {
        if (every.isNegative()) {
            throw new IllegalArgumentException("wan.denoise.preview.every is not negative, found " + every);
        }
    }
}
