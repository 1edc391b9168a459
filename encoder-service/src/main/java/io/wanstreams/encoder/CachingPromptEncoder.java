package io.wanstreams.encoder;

import io.wanstreams.inference.pipeline.TextRows;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps the rows of the prompts last asked for, up to a number of bytes: the negative prompt is the same for most jobs,
 * and a user tries a prompt more than once. For one thread at a time.
 */
final class CachingPromptEncoder implements PromptEncoder {

    private final PromptEncoder encoder;
    private final long limitBytes;
    private final Map<String, TextRows> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** @param limitBytes for prompts and rows together; 0 keeps nothing */
    CachingPromptEncoder(PromptEncoder encoder, long limitBytes) {
        this.encoder = encoder;
        this.limitBytes = limitBytes;
    }

    @Override
    public TextRows rows(String prompt) {
        TextRows found = kept.get(prompt);
        return found != null ? found : keep(prompt, encoder.rows(prompt));
    }

    private TextRows keep(String prompt, TextRows rows) {
        kept.put(prompt, rows);
        bytes += bytes(prompt, rows);
        Iterator<Map.Entry<String, TextRows>> oldest = kept.entrySet().iterator();
        while (bytes > limitBytes && oldest.hasNext()) {
            Map.Entry<String, TextRows> entry = oldest.next();
            bytes -= bytes(entry.getKey(), entry.getValue());
            oldest.remove();
        }
        return rows;
    }

    private static long bytes(String prompt, TextRows rows) {
        return (long) Character.BYTES * prompt.length() + (long) Float.BYTES * rows.values().length;
    }
}
