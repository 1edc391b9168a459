package io.wanstreams.inference.transformer;

import io.wanstreams.inference.checkpoint.TransformerConfig;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Results;
import io.wanstreams.inference.session.Session;
import io.wanstreams.inference.session.SessionTensor;
import io.wanstreams.tensors.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The keys and values that all blocks' cross-attention makes of a text, for the texts last asked for: the one with the
 * prompt and the one without. They depend on the text alone (transformer-and-text.md §5.7). For one thread at a time.
 */
final class TextCache implements AutoCloseable {
    private static final int TEXTS = 2;

    private final TransformerConfig config;
    private final Session session;
    private final Map<Tensor, Results> kept = new LinkedHashMap<>(TEXTS, 1, true);

    TextCache(TransformerConfig config, Session session) {
        this.config = config;
        this.session = session;
    }

    /** What one text takes: keys and values of every block. */
    static long bytesPerText(TransformerConfig config, int textRows) {
        return Math.multiplyExact(2L * config.layers() * textRows * Float.BYTES, (long) config.width());
    }

    /** Whether a limit allows for all texts that a job has. */
    static boolean fits(TransformerConfig config, int textRows, long limitBytes) {
        return TEXTS * bytesPerText(config, textRows) <= limitBytes;
    }

    /**
     * Inputs of a pass.
     *
     * @param padded makes the text's rows where they are needed
     */
    Map<String, SessionTensor> inputs(Tensor text, Supplier<SessionTensor> padded, Cancellation cancellation) {
        Results known = kept.get(text);
        if (known == null) {
            makeRoom();
            try (SessionTensor rows = padded.get()) {
                known = session.run(Map.of(TransformerGraph.TEXT, rows), cancellation);
            }
            kept.put(text, known);
        }
        Map<String, SessionTensor> inputs = new HashMap<>();
        for (int block = 0; block < config.layers(); block++) {
            for (String name : KeysValues.names("blocks." + block)) {
                inputs.put(name, known.get(name));
            }
        }
        return inputs;
    }

    /** Before the next is made, so that there are never more. */
    private void makeRoom() {
        while (kept.size() >= TEXTS) {
            Tensor eldest = kept.keySet().iterator().next();
            Results dropped = kept.remove(eldest);
            if (dropped != null) {
                dropped.close();
            }
        }
    }

    @Override
    public void close() {
        kept.values().forEach(Results::close);
        kept.clear();
        session.close();
    }
}
