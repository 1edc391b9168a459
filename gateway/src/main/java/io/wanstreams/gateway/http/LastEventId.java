package io.wanstreams.gateway.http;

import io.wanstreams.gateway.board.BoardJob;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code Last-Event-ID}: the place of the last fact that a listener had, {@code <partition>:<offset>}. */
final class LastEventId {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9}):(\\d{1,18})");

    private LastEventId() {}

    /** The offset; empty when there is none, or when it is not a place of this job's log. */
    static OptionalLong offset(@Nullable String text, BoardJob job) {
        Matcher place = FORM.matcher(text == null ? "" : text);
        if (!place.matches() || Integer.parseInt(place.group(1)) != job.partition()) {
            return OptionalLong.empty();
        }
        long offset = Long.parseLong(place.group(2));
        return offset < job.submittedOffset() ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    /** Whether the listener has had everything that there will ever be. */
    static boolean isEnd(OptionalLong last, BoardJob job) {
        return !job.isLive()
                && last.isPresent()
                && last.getAsLong() >= job.job().changedOffset();
    }
}
