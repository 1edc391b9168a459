package io.wanstreams.decoder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder for the files of one job, removed with all that is in it when closed. */
final class Workspace implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Workspace.class);
    private static final String PREFIX = "job-";

    private final Path folder;

    private Workspace(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes a folder in another, which is made when missing.
     *
     * @throws IOException in one sentence naming the folder and the setting
     */
    static Workspace create(Path parent) throws IOException {
        try {
            Files.createDirectories(parent);
            return new Workspace(Files.createTempDirectory(parent, PREFIX));
        } catch (IOException e) {
            throw new IOException(
                    "The folder " + parent + " cannot be written: " + e.getMessage()
                            + "; set wan.decoder.temp-dir to a folder with free space.",
                    e);
        }
    }

    /** Removes what killed processes left behind: folders of jobs that were made longer ago than any job lasts. */
    static void sweep(Path parent, Duration age) {
        Instant limit = Instant.now().minus(age);
        for (Path left : list(parent)) {
            try {
                if (Files.getLastModifiedTime(left).toInstant().isBefore(limit)) {
                    remove(left);
                }
            } catch (IOException | UncheckedIOException e) {
                log.atWarn()
                        .addKeyValue("folder", left)
                        .addKeyValue("error", e.toString())
                        .log("Old folder stays");
            }
        }
    }

    private static List<Path> list(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(entry -> String.valueOf(entry.getFileName()).startsWith(PREFIX))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            log.atWarn()
                    .addKeyValue("folder", parent)
                    .addKeyValue("error", e.toString())
                    .log("Old folders stay");
            return List.of();
        }
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    @Override
    public void close() {
        try {
            remove(folder);
        } catch (IOException | UncheckedIOException e) {
            log.atWarn()
                    .addKeyValue("folder", folder)
                    .addKeyValue("error", e.toString())
                    .log("Job's folder stays");
        }
    }

    private static void remove(Path folder) throws IOException {
        List<Path> entries;
        try (Stream<Path> walk = Files.walk(folder)) {
            entries = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path entry : entries) {
            Files.deleteIfExists(entry);
        }
    }
}
