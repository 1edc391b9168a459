package io.wanstreams.bench.pipeline;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A whole system in a process of its own, started with {@code ./wan up} and stopped at the end. */
public final class LocalSystem implements AutoCloseable {

    /** The script builds what has changed before it starts anything. */
    private static final Duration READY = Duration.ofMinutes(15);

    private static final Duration STOP = Duration.ofSeconds(30);
    private static final Pattern URL = Pattern.compile("http://[\\w.:\\[\\]-]+");

    private final Process process;
    private final Path data;
    private final URI url;

    private LocalSystem(Process process, Path data, URI url) {
        this.process = process;
        this.data = data;
        this.url = url;
    }

    /**
     * Starts a system of the checkout at {@code root} and waits until it says where it is.
     *
     * @throws IOException when it ends, or says nothing in time
     */
    public static LocalSystem start(Path root) throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("wan-bench-up");
        Process process = new ProcessBuilder(
                        root.resolve("wan").toString(), "up", "--data", data.toString(), "--port", "0")
                .directory(root.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            return new LocalSystem(process, data, ready(process));
        } catch (IOException | InterruptedException e) {
            stop(process);
            delete(data);
            throw e;
        }
    }

    public URI url() {
        return url;
    }

    @Override
    public void close() throws IOException {
        stop(process);
        delete(data);
    }

    private static URI ready(Process process) throws IOException, InterruptedException {
        CompletableFuture<URI> found = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(process, found), "wan-up-output");
        reader.setDaemon(true);
        reader.start();
        try {
            return found.get(READY.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("./wan up did not print its URL within " + READY.toMinutes() + " minutes", e);
        } catch (ExecutionException e) {
            throw new IOException(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
        }
    }

    /** Reads on after the URL, or the process would block on its output. */
    private static void read(Process process, CompletableFuture<URI> found) {
        String last = "nothing";
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher url = URL.matcher(line);
                if (url.find()) {
                    found.complete(URI.create(url.group()));
                }
                last = line.isBlank() ? last : line;
            }
        } catch (IOException e) {
            last = e.getMessage();
        }
        found.completeExceptionally(new IOException("./wan up ended before it was ready; its last words: " + last));
    }

    private static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(STOP.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
