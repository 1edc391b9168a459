package io.wanstreams.inference.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** A JSON file of a checkpoint. Missing and null keys take the default, unknown keys are ignored, wrong values refused. */
final class ConfigFile {
    private static final long MOST_BYTES = 256L << 20;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path path;
    private final JsonNode root;

    private ConfigFile(Path path, JsonNode root) {
        this.path = path;
        this.root = root;
    }

    static ConfigFile read(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new CheckpointException("File " + path + " is missing; a Diffusers checkpoint directory has it.");
        }
        try {
            if (Files.size(path) > MOST_BYTES) {
                throw new CheckpointException(
                        "File " + path + " has more than " + MOST_BYTES + " bytes: not a config file.");
            }
            JsonNode root = MAPPER.readTree(Files.readAllBytes(path));
            if (!root.isObject()) {
                throw new CheckpointException("File " + path + " holds no JSON object.");
            }
            return new ConfigFile(path, root);
        } catch (JsonProcessingException e) {
            throw new CheckpointException(
                    "File " + path + " is not valid JSON: "
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    e);
        } catch (IOException e) {
            throw new CheckpointException("File " + path + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    Path path() {
        return path;
    }

    /** Keys whose value is a list of two strings: the components of a model index. */
    Map<String, String> components() {
        Map<String, String> components = new TreeMap<>();
        root.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (value.isArray() && value.size() == 2 && value.get(1).isTextual()) {
                components.put(entry.getKey(), value.get(1).textValue());
            }
        });
        return components;
    }

    /** An object of strings, such as the weight map of a sharded checkpoint. */
    Map<String, String> strings(String key) {
        JsonNode node = root.path(key);
        if (!node.isObject()) {
            throw wrong(key, "an object of strings", node);
        }
        Map<String, String> strings = new TreeMap<>();
        node.properties().forEach(entry -> {
            if (!entry.getValue().isTextual()) {
                throw wrong(key + "." + entry.getKey(), "a string", entry.getValue());
            }
            strings.put(entry.getKey(), entry.getValue().textValue());
        });
        return strings;
    }

    private <T> T value(
            String key, T absent, String expected, Function<JsonNode, Boolean> fits, Function<JsonNode, T> get) {
        JsonNode node = root.path(key);
        if (node.isMissingNode() || node.isNull()) {
            return absent;
        }
        if (!fits.apply(node)) {
            throw wrong(key, expected, node);
        }
        return get.apply(node);
    }

    boolean present(String key) {
        return root.hasNonNull(key);
    }

    /** A size: 1 to 2^30. */
    int size(String key, int absent) {
        return value(key, absent, "a whole number from 1 to " + (1 << 30), ConfigFile::isSize, JsonNode::intValue);
    }

    private static boolean isSize(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= 1 && node.intValue() <= 1 << 30;
    }

    double number(String key, double absent) {
        return value(key, absent, "a number", JsonNode::isNumber, JsonNode::doubleValue);
    }

    boolean flag(String key, boolean absent) {
        return value(key, absent, "true or false", JsonNode::isBoolean, JsonNode::booleanValue);
    }

    String text(String key, String absent) {
        return value(key, absent, "a string", JsonNode::isTextual, JsonNode::textValue);
    }

    /** A string that must be there. */
    String required(String key) {
        if (!present(key)) {
            throw new CheckpointException("File " + path + " has no " + key + ", expected a string.");
        }
        return text(key, "");
    }

    /** The objects of a list; none where it is missing. */
    List<ConfigFile> objects(String key) {
        return this.<List<ConfigFile>>value(
                key,
                List.of(),
                "a list of objects",
                node -> all(node, JsonNode::isObject),
                node -> each(node, object -> new ConfigFile(path, object)));
    }

    /** A string that must be one of these. */
    String choice(String key, String absent, List<String> known) {
        String found = text(key, absent);
        if (!known.contains(found)) {
            throw new CheckpointException(
                    "File " + path + " has " + key + " \"" + found + "\", supported are " + known + ".");
        }
        return found;
    }

    List<Integer> sizes(String key, List<Integer> absent) {
        return this.<List<Integer>>value(
                key,
                absent,
                "a list of whole numbers above 0",
                node -> all(node, ConfigFile::isSize),
                node -> each(node, JsonNode::intValue));
    }

    List<Double> numbers(String key, List<Double> absent) {
        return this.<List<Double>>value(
                key,
                absent,
                "a list of numbers",
                node -> all(node, JsonNode::isNumber),
                node -> each(node, JsonNode::doubleValue));
    }

    List<Boolean> flags(String key, List<Boolean> absent) {
        return this.<List<Boolean>>value(
                key,
                absent,
                "a list of true and false",
                node -> all(node, JsonNode::isBoolean),
                node -> each(node, JsonNode::booleanValue));
    }

    private static boolean all(JsonNode list, Function<JsonNode, Boolean> fits) {
        boolean all = list.isArray();
        for (JsonNode element : list) {
            all &= fits.apply(element);
        }
        return all;
    }

    private static <T> List<T> each(JsonNode list, Function<JsonNode, T> get) {
        List<T> values = new ArrayList<>();
        list.forEach(element -> values.add(get.apply(element)));
        return List.copyOf(values);
    }

    private CheckpointException wrong(String key, String expected, JsonNode found) {
        String text = found.toString();
        String shown = text.length() <= 60 ? text : text.substring(0, 60) + "…";
        return new CheckpointException("File " + path + " has " + key + " = " + shown + ", expected " + expected + ".");
    }
}
