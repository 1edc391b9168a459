package io.wanstreams.inference.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/**
 * SHA-256 of large files, remembered in the cache folder for as long as a file keeps its path, length, identity and time
 * of change; reading tens of gigabytes at every start would make it slow.
 */
final class ContentDigests {
    private static final int WINDOW_BYTES = 4 << 20;
    private static final int HEX_CHARS = 64;

    private final Path cache;

    ContentDigests(Path cache) {
        this.cache = cache;
    }

    String sha256(Path file) throws IOException {
        Path real = file.toRealPath();
        BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
        String identity = real + "|" + attributes.size() + "|" + attributes.fileKey() + "|"
                + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        Path remembered = cache.resolve(of(identity) + ".sha256");
        if (Files.isRegularFile(remembered) && Files.size(remembered) == HEX_CHARS) {
            return Files.readString(remembered);
        }
        String sha256 = compute(real);
        Path part = Files.createTempFile(cache, "digest.", ".part");
        try {
            Files.writeString(part, sha256);
            Files.move(part, remembered, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
        return sha256;
    }

    /** SHA-256 of a text. */
    String of(String text) {
        return hex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String compute(Path file) throws IOException {
        MessageDigest digest = digest();
        ByteBuffer window = ByteBuffer.allocateDirect(WINDOW_BYTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (channel.read(window.clear()) >= 0) {
                digest.update(window.flip());
            }
        }
        return hex(digest.digest());
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
