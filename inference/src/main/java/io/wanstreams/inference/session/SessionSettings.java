package io.wanstreams.inference.session;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a session computes; the defaults keep weights in the page cache and give memory back after each run.
 *
 * @param threads for one run, 1 to 1024
 * @param prepacking copies every weight into a private tiled buffer: somewhat faster, all weights in memory once more;
 *     results differ from those without in their last bits
 * @param arena keeps freed memory for the next run
 * @param spinning lets idle threads burn processor time between two nodes: faster on a host of one's own
 * @param profile beginning of the name of a file into which the runtime writes, when the session is closed, how long
 *     each node took
 * @param engines folder in which TensorRT keeps what it has compiled for this machine
 */
public record SessionSettings(
        int threads,
        boolean prepacking,
        boolean arena,
        boolean spinning,
        Optional<Path> profile,
        Optional<Path> engines) {
    public SessionSettings {
        if (threads < 1 || threads > 1024) {
            throw new IllegalArgumentException("A session has 1 to 1024 threads, not " + threads + ".");
        }
    }

    /** All cores; no prepacking, arena or spinning. */
    public static SessionSettings defaults() {
        return new SessionSettings(
                Math.min(1024, Runtime.getRuntime().availableProcessors()),
                false,
                false,
                false,
                Optional.empty(),
                Optional.empty());
    }

    public SessionSettings threads(int count) {
        return new SessionSettings(count, prepacking, arena, spinning, profile, engines);
    }

    public SessionSettings prepacking(boolean on) {
        return new SessionSettings(threads, on, arena, spinning, profile, engines);
    }

    public SessionSettings arena(boolean on) {
        return new SessionSettings(threads, prepacking, on, spinning, profile, engines);
    }

    public SessionSettings spinning(boolean on) {
        return new SessionSettings(threads, prepacking, arena, on, profile, engines);
    }

    public SessionSettings profile(Path prefix) {
        return new SessionSettings(threads, prepacking, arena, spinning, Optional.of(prefix), engines);
    }

    public SessionSettings engines(Path folder) {
        return new SessionSettings(threads, prepacking, arena, spinning, profile, Optional.of(folder));
    }
}
