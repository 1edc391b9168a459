package io.wanstreams.gateway.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys of a file, read again when it has changed: keys come and go without a restart. */
final class KeyFile {

    private static final Logger log = LoggerFactory.getLogger(KeyFile.class);

    private final Path file;
    private final long intervalNanos;
    private final LongSupplier nanoTime;
    private volatile ApiKeys keys;
    private FileTime changedAt;
    private long lookedAtNanos;

    /**
     * Reads the file.
     *
     * @param interval how often it is looked at
     * @throws IllegalArgumentException when it holds no keys
     */
    KeyFile(Path file, Duration interval, LongSupplier nanoTime) {
        this.file = file;
        this.intervalNanos = interval.toNanos();
        this.nanoTime = nanoTime;
        this.changedAt = changedAt();
        this.keys = ApiKeys.read(file);
        this.lookedAtNanos = nanoTime.getAsLong();
    }

    /** The newest keys that could be read: a file that is broken while it is written locks nobody out. */
    ApiKeys keys() {
        lookAgain();
        return keys;
    }

    private synchronized void lookAgain() {
        long now = nanoTime.getAsLong();
        if (now - lookedAtNanos < intervalNanos) {
            return;
        }
        lookedAtNanos = now;
        FileTime found = changedAt();
        if (found.equals(changedAt)) {
            return;
        }
        try {
            keys = ApiKeys.read(file);
            changedAt = found;
            log.atInfo().addKeyValue("file", file).log("Keys read again");
        } catch (IllegalArgumentException e) {
            log.atError().addKeyValue("error", e.getMessage()).log("Keys not read again, the old ones stay");
        }
    }

    private FileTime changedAt() {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }
}
