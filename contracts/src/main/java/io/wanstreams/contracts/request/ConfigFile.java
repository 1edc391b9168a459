package io.wanstreams.contracts.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.wanstreams.contracts.json.ContractJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One small JSON file of a checkpoint. A value that is absent has a default; one of the wrong kind is refused. */
final class ConfigFile {

    private static final int FILE_LIMIT_BYTES = 1 << 20;
    private static final int QUOTE_LIMIT_CHARS = 80;

    private final Path file;
    private final JsonNode json;

    private ConfigFile(Path file, JsonNode json) {
        this.file = file;
        this.json = json;
    }

    static ConfigFile read(Path file) {
        try {
            JsonNode json = ContractJson.mapper().readTree(bytes(file));
            if (json == null || !json.isObject()) {
                throw new ProfileException(file + " holds no JSON object.");
            }
            return new ConfigFile(file, json);
        } catch (IOException e) {
            throw new ProfileException(file + " is not JSON: expected one object.");
        }
    }

    static byte[] bytes(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(FILE_LIMIT_BYTES + 1);
            if (bytes.length > FILE_LIMIT_BYTES) {
                throw new ProfileException(
                        file + " is too long for a config: expected at most " + FILE_LIMIT_BYTES + " bytes.");
            }
            return bytes;
        } catch (IOException e) {
            throw new ProfileException(file + " cannot be read: expected a Diffusers directory or a profile file.");
        }
    }

    /** The directory that a model file is based on; null for another file. */
    static @Nullable Path base(Path file) {
        try {
            JsonNode json = ContractJson.mapper().readTree(bytes(file));
            String base = json == null ? null : json.path("base").textValue();
            return base == null
                    ? null
                    : file.toAbsolutePath().resolveSibling(base).normalize();
        } catch (IOException | InvalidPathException e) {
            return null; // whoever reads it as something else says what is wrong
        }
    }

    /** The object under this key; an empty one where there is none. */
    ConfigFile object(String key) {
        JsonNode value = value(key, "an object", JsonNode::isObject);
        return new ConfigFile(file, value == null ? JsonNodeFactory.instance.objectNode() : value);
    }

    /** A whole number of at least 1. */
    int integer(String key, int absent) {
        JsonNode value = value(key, "a positive integer", ConfigFile::isPositiveInteger);
        return value == null ? absent : value.intValue();
    }

    double positive(String key, double absent) {
        JsonNode value = value(key, "a positive number", n -> isFinite(n) && n.doubleValue() > 0);
        return value == null ? absent : value.doubleValue();
    }

    /** A number strictly between 0 and 1, which must be there. */
    double share(String key) {
        JsonNode value =
                value(key, "a number between 0 and 1", n -> isFinite(n) && n.doubleValue() > 0 && n.doubleValue() < 1);
        if (value == null) {
            throw new ProfileException(file + ": " + key + " is missing: expected a number between 0 and 1.");
        }
        return value.doubleValue();
    }

    boolean flag(String key, boolean absent) {
        JsonNode value = value(key, "true or false", JsonNode::isBoolean);
        return value == null ? absent : value.booleanValue();
    }

    String text(String key, String absent) {
        JsonNode value = value(key, "a text", JsonNode::isTextual);
        return value == null ? absent : value.textValue();
    }

    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        JsonNode value = value(key, "a list of texts", n -> isListOf(n, JsonNode::isTextual));
        if (value != null) {
            value.forEach(text -> texts.add(text.textValue()));
        }
        return texts;
    }

    /** Positive integers; null where there are none. */
    @Nullable
    List<Integer> integers(String key) {
        JsonNode value = value(key, "a list of positive integers", n -> isListOf(n, ConfigFile::isPositiveInteger));
        if (value == null) {
            return null;
        }
        List<Integer> integers = new ArrayList<>();
        value.forEach(integer -> integers.add(integer.intValue()));
        return integers;
    }

    /** Whether a pipeline's index names a component: {@code ["library", "Class"]} and not {@code [null, null]}. */
    boolean hasComponent(String key) {
        JsonNode value = value(key, "a library and a class", n -> n.isArray() && n.size() == 2);
        return value != null && isListOf(value, JsonNode::isTextual);
    }

    /** A refusal of what this file says. */
    ProfileException refusal(String key, String expected, String found) {
        return new ProfileException(file + ": expected " + expected + " as " + key + ", found " + quote(found) + ".");
    }

    private @Nullable JsonNode value(String key, String expected, Predicate<JsonNode> isRight) {
        JsonNode value = json.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!isRight.test(value)) {
            throw refusal(key, expected, value.toString());
        }
        return value;
    }

    private static boolean isPositiveInteger(JsonNode value) {
        return value.isInt() && value.intValue() > 0;
    }

    private static boolean isFinite(JsonNode value) {
        return value.isNumber() && Double.isFinite(value.doubleValue());
    }

    private static boolean isListOf(JsonNode list, Predicate<JsonNode> isRight) {
        if (!list.isArray()) {
            return false;
        }
        for (JsonNode value : list) {
            if (!isRight.test(value)) {
                return false;
            }
        }
        return true;
    }

    private static String quote(String found) {
        return found.length() <= QUOTE_LIMIT_CHARS ? found : found.substring(0, QUOTE_LIMIT_CHARS) + "…";
    }
}
