package io.wanstreams.inference.umt5;

import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.checkpoint.Precision;
import io.wanstreams.inference.checkpoint.ReducedWeights;
import io.wanstreams.inference.checkpoint.TextEncoderConfig;
import io.wanstreams.inference.graph.Flavour;
import io.wanstreams.inference.graph.NetworkCost;
import io.wanstreams.inference.graph.WeightSource;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.Results;
import io.wanstreams.inference.session.Session;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.session.SessionTensor;
import io.wanstreams.tensors.Tensor;
import java.util.Map;

/**
 * UMT5: token ids to one row per token. Only the real tokens are computed: padding keys get no weight in the reference,
 * and its rows past the end are replaced by zeros, so the result equals an encoding at full length with mask.
 */
public final class TextEncoder implements AutoCloseable {
    /** Most tokens of a text, end token included; the rows that a transformer expects. */
    public static final int TEXT_LENGTH = 512;

    private final TextEncoderConfig config;
    private final RelativeBuckets buckets;
    private final Session session;

    private TextEncoder(TextEncoderConfig config, Session session) {
        this.config = config;
        this.buckets = new RelativeBuckets(config.relativeBuckets(), config.relativeMaxDistance());
        this.session = session;
    }

    /**
     * Loads the checkpoint's text encoder.
     *
     * @throws io.wanstreams.inference.checkpoint.CheckpointException naming file and tensor when something does not fit
     */
    public static TextEncoder open(Checkpoint checkpoint, Device device, SessionSettings settings) {
        // As published: BF16 on GPUs, F32 on a processor, which does not compute in halves.
        Precision precision = device.provider() == Flavour.Provider.CPU ? Precision.FP32 : Precision.BF16;
        WeightSource weights = ReducedWeights.of(precision, checkpoint.weights("text_encoder"));
        Flavour flavour = new Flavour(device.provider(), precision.operands());
        return open(checkpoint.textEncoder(), weights, flavour, device, settings);
    }

    static TextEncoder open(
            TextEncoderConfig config, WeightSource weights, Flavour flavour, Device device, SessionSettings settings) {
        return new TextEncoder(
                config, Session.open(TextEncoderGraph.build(config, weights, flavour), device, settings));
    }

    /** What encoding a text of so many tokens takes on a processor; no weights are read. */
    public static NetworkCost cost(TextEncoderConfig config, WeightSource weights, int tokens) {
        return TextEncoderGraph.build(config, weights.unlocated(), Flavour.CPU).cost(Map.of("tokens", (long) tokens));
    }

    /**
     * Encodes a text.
     *
     * @param ids 1 to {@value #TEXT_LENGTH} token ids, end token included, padding left out
     * @return F32 [tokens, width]
     * @throws IllegalArgumentException for no ids, too many, or one beyond the vocabulary
     */
    public Tensor encode(int[] ids, Cancellation cancellation) {
        check(ids);
        long[] wide = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            wide[i] = ids[i];
        }
        try (SessionTensor idTensor = SessionTensor.of(wide, ids.length);
                SessionTensor bucketTensor = SessionTensor.of(buckets.table(ids.length), ids.length, ids.length);
                Results results = session.run(
                        Map.of(TextEncoderGraph.IDS, idTensor, TextEncoderGraph.BUCKETS, bucketTensor), cancellation)) {
            return Tensor.of(results.get(TextEncoderGraph.ROWS).toFloats(), ids.length, config.width());
        }
    }

    /** Encodes a text that nobody will cancel. */
    public Tensor encode(int... ids) {
        return encode(ids, new Cancellation());
    }

    private void check(int[] ids) {
        if (ids.length == 0 || ids.length > TEXT_LENGTH) {
            throw new IllegalArgumentException("A text has 1 to " + TEXT_LENGTH + " tokens, not " + ids.length + ".");
        }
        for (int id : ids) {
            if (id < 0 || id >= config.vocabularySize()) {
                throw new IllegalArgumentException("Token id " + id + " is not in the text encoder's vocabulary of "
                        + config.vocabularySize() + "; tokenizer and text encoder do not belong together.");
            }
        }
    }

    /** Length of a row. */
    public int width() {
        return config.width();
    }

    @Override
    public void close() {
        session.close();
    }
}
