package io.wanstreams.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A process of one of our packaged apps, and what it prints. */
final class WanProcess implements AutoCloseable {

    private static final Duration READY = Duration.ofMinutes(2);
    private static final Duration END = Duration.ofMinutes(4);
    private static final Pattern READY_LINE = Pattern.compile("Ready after .* s: (http://\\S+) \\(Kafka: (\\S+)\\).*");

    private final Process process;
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();
    private final List<Thread> readers = new ArrayList<>();

    private WanProcess(Process process) {
        this.process = process;
        readers.add(collect(process.getInputStream(), out));
        readers.add(collect(process.getErrorStream(), err));
    }

    /** Runs a word of {@code ./wan}, without building. */
    static WanProcess wan(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "java",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dwanstreams.root=" + Root.PATH,
                "-jar",
                Root.PATH.resolve("local/target/wan-runner.jar").toString()));
        command.addAll(List.of(arguments));
        return start(command);
    }

    static WanProcess start(List<String> command) throws IOException {
        return new WanProcess(
                new ProcessBuilder(command).directory(Root.PATH.toFile()).start());
    }

    /** Runs {@code up} with the demo model on free ports. */
    static WanProcess up(Path data, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("up", "--port", "0", "--data", data.toString()));
        arguments.addAll(List.of(more));
        return wan(arguments.toArray(String[]::new));
    }

    /** Where {@code up} listens, once it is ready. */
    URI awaitUrl() {
        return URI.create(awaitReadyLine().group(1));
    }

    /** Where the broker of {@code up} listens, once it is ready. */
    String awaitBroker() {
        return awaitReadyLine().group(2);
    }

    private Matcher awaitReadyLine() {
        return await(out, line -> {
            Matcher matcher = READY_LINE.matcher(line);
            return matcher.matches() ? matcher : null;
        });
    }

    /** Waits for the end. */
    int exitCode() throws InterruptedException {
        return exitCode(END);
    }

    /** Waits for the end, so long at most. */
    int exitCode(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("Still running: " + printed());
        }
        for (Thread reader : readers) {
            reader.join(END.toMillis());
        }
        return process.exitValue();
    }

    List<String> out() {
        return out;
    }

    List<String> err() {
        return err;
    }

    String printed() {
        return String.join("\n", out) + "\n" + String.join("\n", err);
    }

    /** Highest resident memory so far, from Linux' process table. */
    long peakMemoryBytes() throws IOException {
        String status = Files.readString(Path.of("/proc/" + process.pid() + "/status"));
        Matcher matcher = Pattern.compile("VmHWM:\\s+(\\d+) kB").matcher(status);
        if (!matcher.find()) {
            throw new IOException("no VmHWM in " + status);
        }
        return Long.parseLong(matcher.group(1)) * 1024;
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private <T> T await(List<String> lines, Function<String, T> match) {
        return Awaitility.await()
                .atMost(READY)
                .conditionEvaluationListener(condition -> {
                    if (!process.isAlive() && !condition.isSatisfied()) {
                        throw new AssertionError("Ended: " + printed());
                    }
                })
                .until(() -> lines.stream().map(match).filter(Objects::nonNull).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    private static Thread collect(InputStream in, List<String> lines) {
        Thread thread = new Thread(() -> read(in, lines), "collect");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void read(InputStream in, List<String> lines) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            // The process was stopped and its pipe closed under us.
        }
    }
}
