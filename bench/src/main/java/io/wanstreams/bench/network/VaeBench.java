package io.wanstreams.bench.network;

import io.wanstreams.bench.report.Report.Row;
import io.wanstreams.bench.report.Report.Target;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.checkpoint.VaeConfig;
import io.wanstreams.inference.graph.NetworkCost;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.transformer.LatentShape;
import io.wanstreams.inference.vae.VaeDecoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Decodes a short and a long video: seconds, and the peak of memory, which the length must not change. */
public final class VaeBench {

    private static final double MEBIBYTE = 1 << 20;
    private static final double GIGA = 1e9;
    private static final double PROMISED_RATIO = 1.1;

    private final List<Row> rows = new ArrayList<>();
    private final List<Double> peaks = new ArrayList<>();

    private VaeBench() {}

    /** A checkpoint with a VAE of the published size, of random numbers. */
    public static RandomCheckpoint model() throws IOException {
        String defaults = "{\"_class_name\": \"AutoencoderKLWan\"}";
        return RandomCheckpoint.make(
                "vae",
                defaults,
                false,
                (checkpoint, weights) -> VaeDecoder.cost(checkpoint.vae(), weights, latents(checkpoint.vae(), 2, 2)));
    }

    /**
     * Measures.
     *
     * @param height of the video, in pixels
     * @param width of the video, in pixels
     * @param lengths in frames, short ones first
     */
    public static VaeBench run(Checkpoint checkpoint, int height, int width, List<Integer> lengths) throws IOException {
        VaeBench bench = new VaeBench();
        VaeConfig config = checkpoint.vae();
        int rows = height / config.spatialStride();
        int columns = width / config.spatialStride();
        NetworkCost cost = VaeDecoder.cost(config, checkpoint.weights("vae"), latents(config, rows, columns));
        try (VaeDecoder decoder = VaeDecoder.open(checkpoint, Device.CPU, SessionSettings.defaults())) {
            // Two latent frames: each of the two graphs has run, everything is loaded.
            bench.decode(decoder, config, 1 + config.temporalStride(), rows, columns);
            for (int frames : lengths) {
                bench.keep(frames, cost, config, bench.decode(decoder, config, frames, rows, columns));
            }
        }
        return bench;
    }

    private static LatentShape latents(VaeConfig config, int rows, int columns) {
        return new LatentShape(config.latentChannels(), 2, rows, columns);
    }

    private double decode(VaeDecoder decoder, VaeConfig config, int frames, int rows, int columns) throws IOException {
        int latentFrames = (frames - 1) / config.temporalStride() + 1;
        float[] latents = new float[config.latentChannels() * latentFrames * rows * columns];
        Random random = new Random(frames);
        for (int i = 0; i < latents.length; i++) {
            latents[i] = (float) random.nextGaussian();
        }
        ProcessMemory.own().beginPeak();
        long began = System.nanoTime();
        decoder.decode(latents, latentFrames, rows, columns, frame -> {}, new Cancellation());
        return (System.nanoTime() - began) / GIGA;
    }

    private void keep(int frames, NetworkCost chunk, VaeConfig config, double seconds) throws IOException {
        double peak = ProcessMemory.own().peak() / MEBIBYTE;
        peaks.add(peak);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("seconds", seconds);
        figures.put("s/frame", seconds / frames);
        figures.put("GFLOP/s", chunk.flops() * (frames - 1) / config.temporalStride() / seconds / GIGA);
        figures.put("peak MiB", peak);
        figures.put("predicted MiB", chunk.bytes() / MEBIBYTE);
        rows.add(new Row("decode " + frames + " frames", "", figures));
    }

    public List<Row> rows() {
        return rows;
    }

    /** The promise: memory does not grow with the length. */
    public Target target() {
        return new Target(
                "peak memory, longest / shortest", peaks.get(peaks.size() - 1) / peaks.get(0), PROMISED_RATIO, false);
    }
}
