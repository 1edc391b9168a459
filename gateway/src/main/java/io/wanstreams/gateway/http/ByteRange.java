package io.wanstreams.gateway.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a content (RFC 9110 §14).
 *
 * @param first offset of the first byte
 * @param length number of bytes, at least 1
 */
record ByteRange(long first, long length) {

    private static final Pattern ONE = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

    /** A range that the content does not have. */
    static final class NotSatisfiableException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    long last() {
        return first + length - 1;
    }

    /**
     * The range of a header; empty for the whole: no header, several ranges, or what is no range at all.
     *
     * @throws NotSatisfiableException when it begins past the end
     */
    static Optional<ByteRange> of(@Nullable String header, long size) throws NotSatisfiableException {
        Matcher matcher = ONE.matcher(header == null ? "" : header);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String from = matcher.group(1);
        String to = matcher.group(2);
        if (from.isEmpty()) {
            return to.isEmpty() ? Optional.empty() : Optional.of(suffix(Long.parseLong(to), size));
        }
        long first = Long.parseLong(from);
        long last = to.isEmpty() ? size - 1 : Math.min(Long.parseLong(to), size - 1);
        if (!to.isEmpty() && Long.parseLong(to) < first) {
            return Optional.empty();
        }
        if (first >= size) {
            throw new NotSatisfiableException();
        }
        return Optional.of(new ByteRange(first, last - first + 1));
    }

    private static ByteRange suffix(long length, long size) throws NotSatisfiableException {
        if (length == 0 || size == 0) {
            throw new NotSatisfiableException();
        }
        long part = Math.min(length, size);
        return new ByteRange(size - part, part);
    }
}
