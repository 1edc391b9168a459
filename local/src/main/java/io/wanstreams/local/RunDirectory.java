package io.wanstreams.local;

import io.wanstreams.cli.client.OneSentence;
import io.wanstreams.cli.client.VideosException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The data of a system that lives as long as one command. It is removed at the end; what a killed command left behind is removed by
 * the next one, which sees that nobody holds its lock.
 */
final class RunDirectory {

    private static final String LOCK = "lock";

    private final Path path;
    private final FileChannel lock;

    private RunDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Makes a fresh directory below {@code runs} and sweeps up there. */
    static RunDirectory create(Path runs) {
        try {
            Files.createDirectories(runs);
            sweep(runs);
            Path path = Files.createTempDirectory(runs, "run-");
            FileChannel lock =
                    FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            lock.lock();
            return new RunDirectory(path, lock);
        } catch (IOException e) {
            throw new VideosException("Cannot write to " + runs + ": " + OneSentence.of(e), e);
        }
    }

    Path path() {
        return path;
    }

    /** Removes the directory and what is in it; does nothing the second time. */
    void remove() {
        if (!lock.isOpen()) {
            return;
        }
        try {
            lock.close();
            remove(path);
        } catch (IOException e) {
            throw new VideosException("Cannot remove " + path + ": " + OneSentence.of(e), e);
        }
    }

    private static void sweep(Path runs) throws IOException {
        List<Path> old;
        try (Stream<Path> entries = Files.list(runs)) {
            old = entries.filter(entry -> entry.getFileName().toString().startsWith("run-"))
                    .toList();
        }
        for (Path run : old) {
            if (isAbandoned(run)) {
                remove(run);
            }
        }
    }

    private static boolean isAbandoned(Path run) throws IOException {
        if (!Files.exists(run.resolve(LOCK))) {
            return false; // somebody is making it right now
        }
        try (FileChannel channel = FileChannel.open(run.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static void remove(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
