package io.wanstreams.inference.transformer;

import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.checkpoint.CheckpointException;
import io.wanstreams.inference.checkpoint.Int8Weights;
import io.wanstreams.inference.checkpoint.Precision;
import io.wanstreams.inference.checkpoint.TransformerConfig;
import io.wanstreams.inference.checkpoint.Weights;
import io.wanstreams.inference.graph.NetworkCost;
import io.wanstreams.inference.graph.WeightSource;
import io.wanstreams.inference.layer.Flavour;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.Results;
import io.wanstreams.inference.session.Session;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.session.SessionTensor;
import io.wanstreams.tensors.DType;
import io.wanstreams.tensors.Tensor;
import java.util.Map;

/** One transformer, that is one expert: latents, timestep and text to velocity (transformer-and-text.md §5). */
public final class Transformer implements AutoCloseable {
    /** Rows of text that the published models attend to; rows past the text's end are zeros, and are attended to. */
    public static final int TEXT_ROWS = 512;

    private final TransformerConfig config;
    private final Session session;
    private final int textRows;

    private Transformer(TransformerConfig config, Session session, int textRows) {
        this.config = config;
        this.session = session;
        this.textRows = textRows;
    }

    /** Loads the only transformer of a checkpoint, or its expert for high noise, to compute in F32. */
    public static Transformer openHighNoise(Checkpoint checkpoint, Device device, SessionSettings settings) {
        return openHighNoise(checkpoint, Precision.FP32, device, settings);
    }

    /**
     * Loads the only transformer of a checkpoint, or its expert for high noise.
     *
     * @throws CheckpointException naming file and tensor when something does not fit
     * @throws IllegalArgumentException if the device does not compute in that precision
     */
    public static Transformer openHighNoise(
            Checkpoint checkpoint, Precision precision, Device device, SessionSettings settings) {
        return open(checkpoint.transformer(), checkpoint.weights("transformer"), precision, device, settings);
    }

    /** Loads the expert for low noise, to compute in F32. */
    public static Transformer openLowNoise(Checkpoint checkpoint, Device device, SessionSettings settings) {
        return openLowNoise(checkpoint, Precision.FP32, device, settings);
    }

    /**
     * Loads the expert for low noise.
     *
     * @throws CheckpointException naming file and tensor when something does not fit, or if there is none
     * @throws IllegalArgumentException if the device does not compute in that precision
     */
    public static Transformer openLowNoise(
            Checkpoint checkpoint, Precision precision, Device device, SessionSettings settings) {
        return open(checkpoint.transformer2(), checkpoint.weights("transformer_2"), precision, device, settings);
    }

    private static Transformer open(
            TransformerConfig config, Weights weights, Precision precision, Device device, SessionSettings settings) {
        if (weights.names().stream().anyMatch(name -> name.startsWith("condition_embedder.image_embedder."))) {
            throw new CheckpointException("The transformer's weights have an image embedder (condition_embedder"
                    + ".image_embedder.*), as Wan2.1's image-to-video models do; only Wan2.2 models are supported.");
        }
        if (!device.equals(Device.CPU)) {
            if (precision == Precision.INT8) {
                throw new IllegalArgumentException(
                        "Precision int8 is for the CPU, the transformer is to run on " + device + ".");
            }
            return open(config, weights, device, settings, TEXT_ROWS);
        }
        WeightSource chosen = Int8Weights.chosen(precision, weights);
        // Without prepacking each pass would bring bytes into the kernel's order anew.
        boolean prepacking = settings.prepacking() || chosen instanceof Int8Weights;
        return open(config, chosen, device, settings.prepacking(prepacking), TEXT_ROWS);
    }

    static Transformer open(
            TransformerConfig config, WeightSource weights, Device device, SessionSettings settings, int textRows) {
        Session session = Session.open(TransformerGraph.build(config, weights, Flavour.CPU), device, settings);
        return new Transformer(config, session, textRows);
    }

    /**
     * What one pass takes on a processor; no weights are read.
     *
     * @param timestepPerToken the first frame is given, see {@link Timestep#cleanFirstFrame()}
     */
    public static NetworkCost cost(
            TransformerConfig config, WeightSource weights, LatentShape shape, boolean timestepPerToken) {
        long frames = shape.frames() / config.patchTime();
        long rows = shape.height() / config.patchHeight();
        long columns = shape.width() / config.patchWidth();
        return TransformerGraph.build(config, weights.unlocated(), Flavour.CPU)
                .cost(Map.of(
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
                        (long) TEXT_ROWS));
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
                SessionTensor context = SessionTensor.of(padded(text), textRows, config.textDim());
                SessionTensor cos = SessionTensor.of(rotary.cos(), 1, tokens, config.headSize() / 2);
                SessionTensor sin = SessionTensor.of(rotary.sin(), 1, tokens, config.headSize() / 2);
                Results results = session.run(
                        Map.of(
                                TransformerGraph.LATENTS, latentTensor,
                                TransformerGraph.TIME, time,
                                TransformerGraph.SELECTION, selected,
                                TransformerGraph.TEXT, context,
                                TransformerGraph.COS, cos,
                                TransformerGraph.SIN, sin),
                        cancellation)) {
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

    private float[] padded(Tensor text) {
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
        return rows;
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
    }
}
