package io.wanstreams.local.chaos;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process of ours, its output in a file, and what a person can do to it with {@code kill}. */
final class ChaosProcess {

    private static final int TAIL_BYTES = 4_096;
    private static final int SIGNAL_SECONDS = 10;

    private final Process process;
    private final Path log;

    private ChaosProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static ChaosProcess start(List<String> command, Path log) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new ChaosProcess(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Completes with the exit code. */
    CompletableFuture<Integer> ended() {
        return process.onExit().thenApply(Process::exitValue);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void kill() {
        process.destroyForcibly();
    }

    /** SIGTERM. */
    void stop() {
        process.destroy();
    }

    /** SIGSTOP: it is there and does nothing. */
    void freeze() {
        signal("-STOP");
    }

    /** SIGCONT. */
    void wake() {
        signal("-CONT");
    }

    /** Waits for the end, and brings it about after the time. */
    void awaitEnd(long seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            kill();
            process.waitFor(seconds, TimeUnit.SECONDS);
        }
    }

    /** The end of what it, and those before it in the same file, printed. */
    String tail() {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(0, file.length() - TAIL_BYTES);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", name, Long.toString(process.pid()))
                    .start()
                    .waitFor(SIGNAL_SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
