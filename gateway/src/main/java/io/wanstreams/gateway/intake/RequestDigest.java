package io.wanstreams.gateway.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/** SHA-256 of what a client sent, whatever the order of its fields or the boundary of its multipart. */
public final class RequestDigest {

    private RequestDigest() {}

    /** The digest in hex. */
    public static String of(ObjectNode body, Uploads uploads) {
        MessageDigest digest = sha256();
        add(digest, body);
        uploads.files().forEach((field, file) -> {
            add(digest, field);
            add(digest, file);
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, JsonNode node) {
        if (node.isObject()) {
            add(digest, "{");
            TreeMap<String, JsonNode> fields = new TreeMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            fields.forEach((name, value) -> {
                add(digest, name);
                add(digest, value);
            });
            add(digest, "}");
        } else if (node.isArray()) {
            add(digest, "[");
            node.forEach(item -> add(digest, item));
            add(digest, "]");
        } else {
            add(digest, node.getNodeType() + node.asText());
        }
    }

    /** Length first: no two sequences of texts look the same. */
    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    private static void add(MessageDigest digest, Path file) {
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("An uploaded file cannot be read", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
