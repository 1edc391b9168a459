package io.wanstreams.denoise.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A lock on a file that says who has it. Exclusive, or shared with others who share. */
final class DeviceLock implements AutoCloseable {

    private static final int HOLDER_LIMIT_CHARS = 200;

    private final FileChannel channel;

    private DeviceLock(FileChannel channel) {
        this.channel = channel;
    }

    /** The lock, or null when somebody has one that excludes this. */
    static @Nullable DeviceLock tryLock(Path file, boolean shared, String holder) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
                if (lock == null) {
                    channel.close();
                    return null;
                }
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)));
                return new DeviceLock(channel);
            } catch (OverlappingFileLockException heldInThisProcess) {
                channel.close();
                return null;
            }
        } catch (IOException e) {
            throw new DeviceUnavailableException(
                    "The lock file " + file + " cannot be written: " + e.getMessage()
                            + "; set wan.device.lock-dir to a folder that all workers of this machine can write.",
                    e);
        }
    }

    /** Who wrote the file last. */
    static String holder(Path file) {
        try {
            String holder = Files.readString(file).strip();
            return holder.isEmpty()
                    ? "another process"
                    : holder.substring(0, Math.min(holder.length(), HOLDER_LIMIT_CHARS));
        } catch (IOException e) {
            return "another process";
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a lock file is closed without writing", e);
        }
    }
}
