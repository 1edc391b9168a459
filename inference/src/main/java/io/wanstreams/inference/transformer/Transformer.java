package io.wanstreams.inference.transformer;

import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.checkpoint.CheckpointException;
import io.wanstreams.inference.checkpoint.Precision;
import io.wanstreams.inference.checkpoint.ReducedWeights;
import io.wanstreams.inference.checkpoint.TransformerConfig;
import io.wanstreams.inference.checkpoint.Weights;
import io.wanstreams.inference.graph.Flavour;
import io.wanstreams.inference.graph.NetworkCost;
import io.wanstreams.inference.graph.OnnxModel;
import io.wanstreams.inference.graph.WeightSource;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.Results;
import io.wanstreams.inference.session.Session;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.session.SessionTensor;
import io.wanstreams.tensors.DType;
import io.wanstreams.tensors.Tensor;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One transformer, that is one expert: latents, timestep and text to velocity (transformer-and-text.md §5). */
public final class Transformer implements AutoCloseable {
    /** Rows of text that the published models attend to; rows past the text's end are zeros, and are attended to. */
    public static final int TEXT_ROWS = 512;

    private final TransformerConfig config;
    private final Session session;
    private final @Nullable TextCache texts;
    private final int textRows;

    private Transformer(TransformerConfig config, Session session, @Nullable TextCache texts, int textRows) {
        this.config = config;
        this.session = session;
        this.texts = texts;
        this.textRows = textRows;
    }

    /** Loads the only transformer of a checkpoint, or its expert for high noise, to compute in F32. */
    public static Transformer openHighNoise(Checkpoint checkpoint, Device device, SessionSettings settings) {
        return openHighNoise(checkpoint, TransformerSetup.floats(device, settings));
    }

    /**
     * Loads the only transformer of a checkpoint, or its expert for high noise.
     *
     * @throws CheckpointException naming file and tensor when something does not fit
     * @throws IllegalArgumentException if the device does not compute in that precision
     */
    public static Transformer openHighNoise(Checkpoint checkpoint, TransformerSetup setup) {
        return open(checkpoint.transformer(), checkpoint.weights("transformer"), setup);
    }

    /** Loads the expert for low noise, to compute in F32. */
    public static Transformer openLowNoise(Checkpoint checkpoint, Device device, SessionSettings settings) {
        return openLowNoise(checkpoint, TransformerSetup.floats(device, settings));
    }

    /**
     * Loads the expert for low noise.
     *
     * @throws CheckpointException naming file and tensor when something does not fit, or if there is none
     * @throws IllegalArgumentException if the device does not compute in that precision
     */
    public static Transformer openLowNoise(Checkpoint checkpoint, TransformerSetup setup) {
        return open(checkpoint.transformer2(), checkpoint.weights("transformer_2"), setup);
    }

    private static Transformer open(TransformerConfig config, Weights weights, TransformerSetup setup) {
        if (weights.names().stream().anyMatch(name -> name.startsWith("condition_embedder.image_embedder."))) {
            throw new CheckpointException("The transformer's weights have an image embedder (condition_embedder"
                    + ".image_embedder.*), as Wan2.1's image-to-video models do; only Wan2.2 models are supported.");
        }
        Precision precision = setup.precision().effective(setup.device().provider(), weights);
        // Without prepacking each pass would bring bytes into the kernel's order anew.
        SessionSettings sessions =
                setup.sessions().prepacking(setup.sessions().prepacking() || precision == Precision.INT8);
        Flavour flavour = new Flavour(setup.device().provider(), precision.operands());
        TransformerSetup effective = new TransformerSetup(precision, setup.device(), sessions, setup.textCacheBytes());
        return open(config, ReducedWeights.of(precision, weights), flavour, effective, TEXT_ROWS);
    }

    static Transformer open(
            TransformerConfig config, WeightSource weights, Flavour flavour, TransformerSetup setup, int textRows) {
        if (!keepsTexts(config, setup, textRows)) {
            OnnxModel whole = TransformerGraph.build(config, weights, flavour);
            return new Transformer(config, Session.open(whole, setup.device(), setup.sessions()), null, textRows);
        }
        OnnxModel text = TransformerGraph.buildText(config, weights, flavour);
        OnnxModel rest = TransformerGraph.buildWithoutText(config, weights, flavour);
        TextCache texts = new TextCache(config, Session.open(text, setup.device(), setup.sessions()));
        try {
            return new Transformer(config, Session.open(rest, setup.device(), setup.sessions()), texts, textRows);
        } catch (RuntimeException e) {
            texts.close();
            throw e;
        }
    }

    private static boolean keepsTexts(TransformerConfig config, TransformerSetup setup, int textRows) {
        return setup.device().equals(Device.CPU) && TextCache.fits(config, textRows, setup.textCacheBytes());
    }

    /**
     * What one pass takes on a processor, with texts made anew; no weights are read.
     *
     * @param timestepPerToken the first frame is given, see {@link Timestep#cleanFirstFrame()}
     */
    public static NetworkCost cost(
            TransformerConfig config, WeightSource weights, LatentShape shape, boolean timestepPerToken) {
        return cost(config, weights, shape, timestepPerToken, 0);
    }

    /**
     * What one pass takes on a processor, what is kept of both texts included; no weights are read.
     *
     * @param timestepPerToken the first frame is given, see {@link Timestep#cleanFirstFrame()}
     * @param textCacheBytes see {@link TransformerSetup}
     */
    public static NetworkCost cost(
            TransformerConfig config,
            WeightSource weights,
            LatentShape shape,
            boolean timestepPerToken,
            long textCacheBytes) {
        Map<String, Long> extents = extents(config, shape, timestepPerToken);
        WeightSource unlocated = weights.unlocated();
        if (!TextCache.fits(config, TEXT_ROWS, textCacheBytes)) {
            return TransformerGraph.build(config, unlocated, Flavour.CPU).cost(extents);
        }
        NetworkCost text =
                TransformerGraph.buildText(config, unlocated, Flavour.CPU).cost(extents);
        NetworkCost rest = TransformerGraph.buildWithoutText(config, unlocated, Flavour.CPU)
                .cost(extents);
        return new NetworkCost(
                text.weightBytes() + rest.weightBytes(),
                rest.workingBytes() + TextCache.bytesPerText(config, TEXT_ROWS),
                rest.flops());
    }

    private static Map<String, Long> extents(TransformerConfig config, LatentShape shape, boolean timestepPerToken) {
        long frames = shape.frames() / config.patchTime();
        long rows = shape.height() / config.patchHeight();
        long columns = shape.width() / config.patchWidth();
        return Map.of(
                "frames",
                frames,
                "rows",
                rows,
                "columns",
                columns,
                "timesteps",
                timestepPerToken ? 2L : 1L,
                "selected",
                timestepPerToken ? frames * rows * columns : 1L,
                "text_rows",
                (long) TEXT_ROWS);
    }

    /**
     * Computes the velocity of one pass.
     *
     * @param latents [channels, frames, height, width]; channels are the config's {@code in_channels}
     * @param text F32 [tokens, text width], 1 to {@value #TEXT_ROWS} rows; zeros are added
     * @return [out channels, frames, height, width]
     * @throws IllegalArgumentException for latents or text of the wrong shape
     */
    public float[] predict(
            float[] latents, LatentShape shape, Timestep timestep, Tensor text, Cancellation cancellation) {
        check(latents, shape);
        int frames = shape.frames() / config.patchTime();
        int rows = shape.height() / config.patchHeight();
        int columns = shape.width() / config.patchWidth();
        int tokens = Math.multiplyExact(frames, Math.multiplyExact(rows, columns));
        RotaryTables rotary = RotaryTables.of(config.headSize(), frames, rows, columns);
        double[] timesteps =
                timestep.cleanFirstFrame() ? new double[] {0, timestep.value()} : new double[] {timestep.value()};
        long[] selection = timestep.cleanFirstFrame() ? firstFrame(tokens, rows * columns) : new long[1];
        try (SessionTensor latentTensor =
                        SessionTensor.of(latents, shape.channels(), shape.frames(), shape.height(), shape.width());
                SessionTensor time = SessionTensor.of(
                        TimeTable.of(config.frequencyDim(), timesteps), timesteps.length, config.frequencyDim());
                SessionTensor selected = SessionTensor.of(selection, selection.length);
                SessionTensor cos = SessionTensor.of(rotary.cos(), 1, tokens, config.headSize() / 2);
                SessionTensor sin = SessionTensor.of(rotary.sin(), 1, tokens, config.headSize() / 2)) {
            Map<String, SessionTensor> inputs = new HashMap<>(Map.of(
                    TransformerGraph.LATENTS, latentTensor,
                    TransformerGraph.TIME, time,
                    TransformerGraph.SELECTION, selected,
                    TransformerGraph.COS, cos,
                    TransformerGraph.SIN, sin));
            return withText(inputs, text, cancellation);
        }
    }

    private float[] withText(Map<String, SessionTensor> inputs, Tensor text, Cancellation cancellation) {
        TextCache cache = texts;
        if (cache == null) {
            try (SessionTensor rows = padded(text)) {
                inputs.put(TransformerGraph.TEXT, rows);
                return velocity(inputs, cancellation);
            }
        }
        // What another pass's text makes room for must not be in use.
        synchronized (cache) {
            inputs.putAll(cache.inputs(text, () -> padded(text), cancellation));
            return velocity(inputs, cancellation);
        }
    }

    private float[] velocity(Map<String, SessionTensor> inputs, Cancellation cancellation) {
        try (Results results = session.run(inputs, cancellation)) {
            return results.get(TransformerGraph.VELOCITY).toFloats();
        }
    }

    /** Row 0 of the timesteps for the tokens of frame 0, row 1 for the others. */
    private static long[] firstFrame(int tokens, int tokensPerFrame) {
        long[] selection = new long[tokens];
        for (int token = tokensPerFrame; token < tokens; token++) {
            selection[token] = 1;
        }
        return selection;
    }

    private SessionTensor padded(Tensor text) {
        boolean fits = text.type() == DType.F32
                && text.shape().rank() == 2
                && text.shape().dim(1) == config.textDim()
                && text.shape().dim(0) >= 1
                && text.shape().dim(0) <= textRows;
        if (!fits) {
            throw new IllegalArgumentException("The text is " + text + ", this transformer takes F32 [1 to " + textRows
                    + "," + config.textDim() + "].");
        }
        float[] rows = new float[Math.multiplyExact(textRows, config.textDim())];
        text.floats().get(rows, 0, (int) text.shape().elements());
        return SessionTensor.of(rows, textRows, config.textDim());
    }

    private void check(float[] latents, LatentShape shape) {
        if (shape.channels() != config.inChannels() || latents.length != shape.elements()) {
            throw new IllegalArgumentException("The latents are " + shape + " with " + latents.length
                    + " elements, this transformer takes " + config.inChannels() + " channels.");
        }
        checkAxis("frames", shape.frames(), config.patchTime());
        checkAxis("height", shape.height(), config.patchHeight());
        checkAxis("width", shape.width(), config.patchWidth());
    }

    private void checkAxis(String axis, int extent, int patch) {
        if (extent % patch != 0 || extent / patch > config.ropeMaxLength()) {
            throw new IllegalArgumentException("The latents' " + axis + " is " + extent + ", it must be a multiple of "
                    + patch + " and at most " + (long) patch * config.ropeMaxLength() + ".");
        }
    }

    public TransformerConfig config() {
        return config;
    }

    @Override
    public void close() {
        session.close();
        if (texts != null) {
            texts.close();
        }
    }
}
