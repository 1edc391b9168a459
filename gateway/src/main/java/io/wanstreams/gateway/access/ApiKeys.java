package io.wanstreams.gateway.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keys by their SHA-256: whoever reads the file cannot use it. That is enough for keys that a machine drew (32 random bytes or
 * so); do not use words.
 *
 * <p>{@code {"keys":[{"name":"studio","sha256":"<hex>","tenant":"acme","scopes":["create","read"]}]}}
 */
public final class ApiKeys {

    private static final int FILE_LIMIT_BYTES = 1 << 20;
    private static final int KEY_LIMIT_CHARS = 512;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(Written.class);

    private record Written(@Nullable List<@Nullable Entry> keys) {}

    private record Entry(
            @Nullable String name,
            @Nullable String sha256,
            @Nullable String tenant,
            @Nullable List<@Nullable String> scopes) {}

    @SuppressWarnings("ArrayRecordComponent") // compared in constant time, and not by the record
    private record Key(byte[] digest, Caller caller) {}

    private final List<Key> keys;

    private ApiKeys(List<Key> keys) {
        this.keys = keys;
    }

    /**
     * Reads a file of keys.
     *
     * @throws IllegalArgumentException in one sentence naming file and entry, never a key
     */
    public static ApiKeys read(Path file) {
        try {
            if (Files.size(file) > FILE_LIMIT_BYTES) {
                throw new IllegalArgumentException(
                        "the keys in " + file + " are more than " + FILE_LIMIT_BYTES + " bytes");
            }
            return parse(Files.readAllBytes(file), file.toString());
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the keys in " + file + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    static ApiKeys parse(byte[] json, String where) {
        Written file;
        try {
            file = READER.readValue(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the keys in " + where + " are no JSON of the form {\"keys\":[…]}");
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory does not fail", e);
        }
        if (file == null || file.keys() == null || file.keys().isEmpty()) {
            throw new IllegalArgumentException("there are no keys in " + where + "; nobody could do anything");
        }
        Set<String> digests = new HashSet<>();
        return new ApiKeys(
                file.keys().stream().map(entry -> key(entry, where, digests)).toList());
    }

    /** Whose key this is. All keys are compared in full, whichever it is: the time says nothing about them. */
    public Optional<Caller> caller(String key) {
        if (key.isEmpty() || key.length() > KEY_LIMIT_CHARS) {
            return Optional.empty();
        }
        byte[] digest = sha256(key);
        Caller found = null;
        for (Key known : keys) {
            if (MessageDigest.isEqual(known.digest(), digest)) {
                found = known.caller();
            }
        }
        return Optional.ofNullable(found);
    }

    private static Key key(@Nullable Entry entry, String where, Set<String> digests) {
        if (entry == null || entry.name() == null || !NAME.matcher(entry.name()).matches()) {
            throw new IllegalArgumentException(
                    "every key in " + where + " has a name of 1 to 64 letters, digits, dots, dashes or underscores");
        }
        String which = "key '" + entry.name() + "' in " + where;
        if (entry.sha256() == null || !DIGEST.matcher(entry.sha256()).matches()) {
            throw new IllegalArgumentException(which + " has no sha256 of 64 hex digits in lower case");
        }
        if (!digests.add(entry.sha256())) {
            throw new IllegalArgumentException(which + " is there twice");
        }
        if (entry.tenant() == null || !NAME.matcher(entry.tenant()).matches()) {
            throw new IllegalArgumentException(
                    which + " has no tenant of 1 to 64 letters, digits, dots, dashes or" + " underscores");
        }
        return new Key(HexFormat.of().parseHex(entry.sha256()), new Caller(entry.tenant(), scopes(entry, which)));
    }

    private static Set<Scope> scopes(Entry entry, String which) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String scope : entry.scopes() == null ? List.<@Nullable String>of() : entry.scopes()) {
            scopes.add(scope(scope, which));
        }
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException(which + " has no scopes; there are create, read and admin");
        }
        return scopes;
    }

    private static Scope scope(@Nullable String scope, String which) {
        for (Scope known : Scope.values()) {
            if (known.name().toLowerCase(Locale.ROOT).equals(scope)) {
                return known;
            }
        }
        throw new IllegalArgumentException(which + " has an unknown scope; there are create, read and admin");
    }

    private static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
