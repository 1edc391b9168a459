package io.wanstreams.cli.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events (WHATWG HTML, 9.2): names and data, other fields skipped, length bounded. */
final class SseReader {

    private static final int EVENT_LIMIT_BYTES = 1 << 20;

    private final InputStream in;

    SseReader(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    record Event(String name, String data) {}

    /** The next event that has data, or null at the end of the stream. */
    @Nullable
    Event next() throws IOException {
        String name = "message";
        StringBuilder data = new StringBuilder();
        for (String line = line(); line != null; line = line()) {
            if (line.isEmpty()) {
                if (data.length() > 0) {
                    return new Event(name, data.substring(0, data.length() - 1));
                }
                name = "message";
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            if (field.equals("event")) {
                name = value;
            } else if (field.equals("data")) {
                data.append(value).append('\n');
                refuseLongerThanLimit(data.length());
            }
        }
        return null;
    }

    private @Nullable String line() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return null;
            }
            bytes.write(b);
            refuseLongerThanLimit(bytes.size());
        }
        String line = bytes.toString(StandardCharsets.UTF_8);
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private static void refuseLongerThanLimit(int length) throws IOException {
        if (length > EVENT_LIMIT_BYTES) {
            throw new IOException("an event of more than " + EVENT_LIMIT_BYTES + " bytes");
        }
    }
}
