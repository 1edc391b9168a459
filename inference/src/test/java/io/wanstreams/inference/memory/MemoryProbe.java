package io.wanstreams.inference.memory;

import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.scheduler.Expert;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.transformer.LatentShape;
import io.wanstreams.inference.transformer.Timestep;
import io.wanstreams.inference.transformer.Transformer;
import io.wanstreams.inference.vae.LatentGrid;
import io.wanstreams.inference.vae.VaeDecoder;
import io.wanstreams.inference.vae.VaeEncoder;
import io.wanstreams.tensors.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A process that loads a network, runs it, and says how much memory that took. */
final class MemoryProbe {

    private static final String MARK = "used ";

    private MemoryProbe() {}

    /** What is loaded and run. */
    enum Network {
        TRANSFORMER,
        TRANSFORMER_WITH_IMAGE,
        ENCODER,
        DECODER;

        MemoryNeed need(MemoryPlan plan, LatentShape shape) {
            return switch (this) {
                case TRANSFORMER -> plan.transformer(Expert.HIGH, shape, false);
                case TRANSFORMER_WITH_IMAGE -> plan.transformer(Expert.HIGH, shape, true);
                case ENCODER -> plan.vaeEncoder(shape);
                case DECODER -> plan.vaeDecoder(shape);
            };
        }

        void run(Checkpoint checkpoint, LatentShape shape) {
            switch (this) {
                case TRANSFORMER -> pass(checkpoint, shape, false);
                case TRANSFORMER_WITH_IMAGE -> pass(checkpoint, shape, true);
                case ENCODER -> encode(checkpoint, shape);
                case DECODER -> decode(checkpoint, shape);
            }
        }
    }

    /** Bytes that a run took in a new process, which has run it once before. */
    static long run(Path model, Path cache, Network network, LatentShape shape)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MemoryProbe.class.getName(),
                        model.toString(),
                        cache.toString(),
                        network.name(),
                        Integer.toString(shape.channels()),
                        Integer.toString(shape.frames()),
                        Integer.toString(shape.height()),
                        Integer.toString(shape.width())))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.lines()
                .filter(line -> line.startsWith(MARK))
                .map(line -> Long.parseLong(line.substring(MARK.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("The process said: " + said));
    }

    /** The process itself. */
    public static void main(String[] arguments) throws IOException {
        Checkpoint checkpoint = Checkpoint.open(Path.of(arguments[0]), Path.of(arguments[1]));
        Network network = Network.valueOf(arguments[2]);
        LatentShape shape = new LatentShape(
                Integer.parseInt(arguments[3]),
                Integer.parseInt(arguments[4]),
                Integer.parseInt(arguments[5]),
                Integer.parseInt(arguments[6]));
        // Once small: the runtime is loaded, weights are converted, and no memory is left over for the run that counts.
        network.run(checkpoint, new LatentShape(shape.channels(), shape.frames(), 4, 4));
        long before = ResidentMemory.beginPeak();
        network.run(checkpoint, shape);
        System.out.println(MARK + (ResidentMemory.peak() - before));
    }

    private static void pass(Checkpoint checkpoint, LatentShape shape, boolean timestepPerToken) {
        int width = checkpoint.transformer().textDim();
        Tensor text = Tensor.of(new float[width], 1, width);
        try (Transformer transformer = Transformer.openHighNoise(checkpoint, Device.CPU, SessionSettings.defaults())) {
            float[] latents = new float[shape.elements()];
            transformer.predict(latents, shape, new Timestep(500, timestepPerToken), text, new Cancellation());
        }
    }

    private static void encode(Checkpoint checkpoint, LatentShape shape) {
        try (VaeEncoder encoder = VaeEncoder.open(checkpoint, Device.CPU, SessionSettings.defaults())) {
            LatentGrid grid = encoder.grid();
            int height = shape.height() * grid.stride();
            int width = shape.width() * grid.stride();
            float[] frame = new float[3 * height * width];
            encoder.encode(index -> frame, grid.frames(shape.frames()), height, width, new Cancellation());
        }
    }

    private static void decode(Checkpoint checkpoint, LatentShape shape) {
        try (VaeDecoder decoder = VaeDecoder.open(checkpoint, Device.CPU, SessionSettings.defaults())) {
            decoder.decode(
                    new float[shape.elements()],
                    shape.frames(),
                    shape.height(),
                    shape.width(),
                    frame -> {},
                    new Cancellation());
        }
    }
}
