package io.wanstreams.kafka.embedded;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.AppInfoParser;
import org.jspecify.annotations.Nullable;

/**
 * The broker's directory: a lock that keeps a second process out, a marker that says which Kafka wrote it, and Kafka's own files in {@code log}.
 *
 * <p>The marker exists because Kafka opens data of a newer Kafka by ending the process without a word, and older data lacks features we need.
 */
final class DataDirectory implements AutoCloseable {

    private static final String LOCK = "lock";
    private static final String MARKER = "wan-kafka.properties";
    private static final String KAFKA_VERSION = "kafka.version";
    private static final String CLUSTER_ID = "cluster.id";

    private final Path directory;
    private final FileChannel lockChannel;
    private final String clusterId;

    private DataDirectory(Path directory, FileChannel lockChannel, String clusterId) {
        this.directory = directory;
        this.lockChannel = lockChannel;
        this.clusterId = clusterId;
    }

    /** Locks {@code directory} for this process and makes it ready for Kafka, or says in one sentence why that cannot be. */
    static DataDirectory open(Path directory, long minimumFreeBytes) {
        FileChannel channel = null;
        try {
            create(directory);
            refuseForeign(directory);
            channel = lock(directory);
            refuseFullDisk(directory, minimumFreeBytes);
            String clusterId = readOrWriteMarker(directory);
            Files.createDirectories(directory.resolve("log"));
            return new DataDirectory(directory, channel, clusterId);
        } catch (IOException e) {
            closeQuietly(channel);
            throw new EmbeddedKafkaException(
                    "Cannot write to the broker's data directory " + directory + " (" + reason(e)
                            + "); choose another one or free some space",
                    e);
        } catch (EmbeddedKafkaException e) {
            closeQuietly(channel);
            throw e;
        }
    }

    /** Where Kafka keeps its files. */
    Path log() {
        return directory.resolve("log");
    }

    String clusterId() {
        return clusterId;
    }

    /** Lets others in again; the data stays. */
    @Override
    public void close() {
        closeQuietly(lockChannel);
    }

    private static void create(Path directory) throws IOException {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new EmbeddedKafkaException("The broker's data directory " + directory
                    + " is a file; name a directory or a path that does not exist");
        }
        Files.createDirectories(directory);
        if (!Files.isWritable(directory)) {
            throw new AccessDeniedException(directory.toString());
        }
    }

    private static void refuseForeign(Path directory) throws IOException {
        if (Files.exists(directory.resolve(MARKER))) {
            return;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            if (entries.anyMatch(entry -> !entry.getFileName().toString().startsWith(LOCK))) {
                throw new EmbeddedKafkaException("The directory " + directory
                        + " holds files but was not made by this program (no " + MARKER
                        + "); name an empty or a new directory for the broker's data");
            }
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel = FileChannel.open(
                directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw inUse(directory, channel);
            }
        } catch (OverlappingFileLockException e) {
            throw inUse(directory, channel);
        }
        channel.truncate(0);
        String pid = Long.toString(ProcessHandle.current().pid());
        channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
        return channel;
    }

    private static EmbeddedKafkaException inUse(Path directory, FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        channel.close();
        return new EmbeddedKafkaException("The data directory " + directory + " is in use by process "
                + new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII)
                + "; stop that process or name another directory");
    }

    private static void refuseFullDisk(Path directory, long minimumFreeBytes) throws IOException {
        long free = Files.getFileStore(directory).getUsableSpace();
        if (free < minimumFreeBytes) {
            throw new EmbeddedKafkaException("The disk of the broker's data directory " + directory + " has "
                    + (free >> 20) + " MiB free, and the broker wants " + (minimumFreeBytes >> 20)
                    + " MiB; free some space or name another directory");
        }
    }

    private static String readOrWriteMarker(Path directory) throws IOException {
        Path marker = directory.resolve(MARKER);
        Properties properties = new Properties();
        if (!Files.exists(marker)) {
            properties.setProperty(KAFKA_VERSION, AppInfoParser.getVersion());
            properties.setProperty(CLUSTER_ID, Uuid.randomUuid().toString());
            write(marker, properties);
        } else {
            try (Reader reader = Files.newBufferedReader(marker)) {
                properties.load(reader);
            }
        }
        String version = properties.getProperty(KAFKA_VERSION, "an unknown version");
        if (!version.equals(AppInfoParser.getVersion())) {
            throw new EmbeddedKafkaException("The data directory " + directory + " was written by Kafka " + version
                    + " and this program brings Kafka " + AppInfoParser.getVersion()
                    + "; name another directory, or remove this one to begin anew");
        }
        String clusterId = properties.getProperty(CLUSTER_ID);
        if (clusterId == null || clusterId.isBlank()) {
            throw new EmbeddedKafkaException(
                    "The file " + marker + " lacks " + CLUSTER_ID + "; remove the directory to begin anew");
        }
        return clusterId;
    }

    private static void write(Path marker, Properties properties) throws IOException {
        // Moved into place whole, so that a kill in between leaves no half marker.
        Path half = marker.resolveSibling(LOCK + ".new");
        try (Writer writer = Files.newBufferedWriter(half)) {
            properties.store(writer, null);
        }
        Files.move(half, marker, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String reason(IOException e) {
        String message = e.getMessage() == null ? "" : ": " + e.getMessage();
        return e.getClass().getSimpleName().replace("Exception", "") + message;
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
