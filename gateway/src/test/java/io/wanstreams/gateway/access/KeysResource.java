package io.wanstreams.gateway.access;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Four keys, and little room for each tenant. */
public final class KeysResource implements QuarkusTestResourceLifecycleManager {

    static final String ACME = "acme-key-4711";
    static final String ACME_READER = "acme-reader-4712";
    static final String ACME_ADMIN = "acme-admin-4713";
    static final String OTHER = "other-key-4714";

    @Override
    public Map<String, String> start() {
        try {
            Path file = Files.createTempFile("wan-keys", ".json");
            Files.writeString(
                    file,
                    "{\"keys\":[" + key("a", ACME, "acme", "\"create\",\"read\"") + ","
                            + key("b", ACME_READER, "acme", "\"read\"") + ","
                            + key("c", ACME_ADMIN, "acme", "\"admin\"") + ","
                            + key("d", OTHER, "other", "\"create\",\"read\"") + "]}");
            return Map.of(
                    "wan.gateway.access.keys-file",
                    file.toString(),
                    "wan.gateway.tenant.jobs-queued",
                    "2",
                    "wan.gateway.dispatch.enabled",
                    "false",
                    "quarkus.http.host",
                    "0.0.0.0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // The file is a temporary one.
    }

    private static String key(String name, String key, String tenant, String scopes) {
        return "{\"name\":\"" + name + "\",\"sha256\":\"" + sha256(key) + "\",\"tenant\":\"" + tenant
                + "\",\"scopes\":[" + scopes + "]}";
    }

    private static String sha256(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
