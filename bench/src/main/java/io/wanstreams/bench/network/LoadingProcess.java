package io.wanstreams.bench.network;

import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.transformer.LatentShape;
import io.wanstreams.inference.transformer.Transformer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A Java process of its own that loads a checkpoint's transformer, runs it once and waits. */
public final class LoadingProcess implements AutoCloseable {

    private static final String MARK = "loaded ";
    private static final double GIGA = 1e9;

    private final Process process;
    private final Loaded loaded;

    private LoadingProcess(Process process, Loaded loaded) {
        this.process = process;
        this.loaded = loaded;
    }

    /**
     * What the process says of itself.
     *
     * @param seconds from the checkpoint's directory to a session that can run
     * @param heapBytes used on the Java heap by then, with what nobody has collected yet
     */
    record Loaded(double seconds, long weightBytes, long heapBytes) {}

    static LoadingProcess start(Path checkpoint, int heapMegabytes) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heapMegabytes + "m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoadingProcess.class.getName(),
                        checkpoint.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        @Nullable String line = lines.readLine();
        if (line == null || !line.startsWith(MARK)) {
            process.destroy();
            throw new IOException("A process did not load the checkpoint, it said: " + line);
        }
        String[] words = line.substring(MARK.length()).split(" ");
        return new LoadingProcess(
                process, new Loaded(Double.parseDouble(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2])));
    }

    /** The process itself: says its figures after its first pass, then waits until its input ends. */
    public static void main(String[] arguments) throws IOException {
        long began = System.nanoTime();
        Checkpoint checkpoint = Checkpoint.open(Path.of(arguments[0]));
        try (Transformer transformer = Transformer.openHighNoise(checkpoint, Device.CPU, SessionSettings.defaults())) {
            double seconds = (System.nanoTime() - began) / GIGA;
            Runtime runtime = Runtime.getRuntime();
            long heap = runtime.totalMemory() - runtime.freeMemory();
            long weights = checkpoint.weights("transformer").facts().bytes();
            LatentShape smallest = new LatentShape(checkpoint.transformer().inChannels(), 1, 2, 2);
            DenoiseBench.Pass.of(checkpoint, smallest).seconds(transformer);
            System.out.println(MARK + seconds + " " + weights + " " + heap);
            while (System.in.read() >= 0) {
                // Nothing is said to it.
            }
        }
    }

    long pid() {
        return process.pid();
    }

    Loaded loaded() {
        return loaded;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
