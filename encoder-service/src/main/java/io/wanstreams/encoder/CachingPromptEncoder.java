package io.wanstreams.encoder;

import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.tensors.Tensor;
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
    private final Map<String, Tensor> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** @param limitBytes for prompts and rows together; 0 keeps nothing */
    CachingPromptEncoder(PromptEncoder encoder, long limitBytes) {
        this.encoder = encoder;
        this.limitBytes = limitBytes;
    }

    @Override
    public Tensor rows(String prompt, Cancellation cancellation) {
        Tensor found = kept.get(prompt);
        return found != null ? found : keep(prompt, encoder.rows(prompt, cancellation));
    }

    private Tensor keep(String prompt, Tensor rows) {
        kept.put(prompt, rows);
        bytes += bytes(prompt, rows);
        Iterator<Map.Entry<String, Tensor>> oldest = kept.entrySet().iterator();
        while (bytes > limitBytes && oldest.hasNext()) {
            Map.Entry<String, Tensor> entry = oldest.next();
            bytes -= bytes(entry.getKey(), entry.getValue());
            oldest.remove();
        }
        return rows;
    }

    private static long bytes(String prompt, Tensor rows) {
        return (long) Character.BYTES * prompt.length() + rows.shape().bytes(rows.type());
    }
}
