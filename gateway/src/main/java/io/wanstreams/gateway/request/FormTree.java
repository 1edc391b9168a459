package io.wanstreams.gateway.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Form fields as the object they stand for. {@code a[b][c]=x} is {@code {"a":{"b":{"c":"x"}}}}, {@code a[]=x} repeated is
 * an array, a plain name given twice counts once, the last time. Every leaf is text.
 */
public final class FormTree {

    static final int DEPTH_LIMIT = 8;
    /** Most fields of a form. */
    public static final int FIELD_LIMIT = 256;

    static final int NAME_LIMIT_CHARS = 256;

    private FormTree() {}

    /**
     * Builds the object.
     *
     * @throws RefusedException when a name is not of the form above, too deep, or contradicts another
     */
    public static ObjectNode of(List<Map.Entry<String, String>> fields) {
        if (fields.size() > FIELD_LIMIT) {
            throw RefusedException.invalid(
                    null, "A form has at most " + FIELD_LIMIT + " fields, found " + fields.size() + ".");
        }
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, String> field : fields) {
            put(root, segments(field.getKey()), field.getValue());
        }
        return root;
    }

    private static void put(ObjectNode root, List<String> path, String value) {
        ObjectNode at = root;
        for (int i = 0; i < path.size() - 1; i++) {
            String name = path.get(i);
            if (path.get(i + 1).isEmpty()) {
                append(at, name, value);
                return;
            }
            JsonNode next = at.get(name);
            if (next == null) {
                next = at.putObject(name);
            }
            if (!(next instanceof ObjectNode object)) {
                throw contradiction(path.get(0));
            }
            at = object;
        }
        String last = path.get(path.size() - 1);
        if (at.get(last) != null && at.get(last).isContainerNode()) {
            throw contradiction(path.get(0));
        }
        at.put(last, value);
    }

    private static void append(ObjectNode at, String name, String value) {
        JsonNode list = at.get(name);
        if (list == null) {
            list = at.putArray(name);
        }
        if (!(list instanceof ArrayNode array)) {
            throw contradiction(name);
        }
        array.add(value);
    }

    /** The parts of {@code a[b][]}: a, b and the empty text, which only stands last. */
    private static List<String> segments(String name) {
        if (name.isEmpty() || name.length() > NAME_LIMIT_CHARS) {
            throw RefusedException.invalid(
                    null,
                    "A form field's name has 1 to " + NAME_LIMIT_CHARS + " characters, found " + name.length() + ".");
        }
        List<String> segments = new ArrayList<>();
        int open = name.indexOf('[');
        segments.add(open < 0 ? name : name.substring(0, open));
        while (open >= 0) {
            int close = name.indexOf(']', open);
            boolean last = close == name.length() - 1;
            if (close < 0 || (!last && name.charAt(close + 1) != '[')) {
                throw malformed(segments.get(0));
            }
            segments.add(name.substring(open + 1, close));
            open = last ? -1 : close + 1;
        }
        if (segments.get(0).isEmpty()
                || segments.subList(0, segments.size() - 1).contains("")) {
            throw malformed(segments.get(0));
        }
        if (segments.size() > DEPTH_LIMIT) {
            throw RefusedException.invalid(segments.get(0), "Form fields nest at most " + DEPTH_LIMIT + " deep.");
        }
        return segments;
    }

    private static RefusedException malformed(String name) {
        return RefusedException.invalid(
                name.isEmpty() ? null : name, "A form field's brackets are of the form name[key] or name[].");
    }

    private static RefusedException contradiction(String name) {
        return RefusedException.invalid(
                name, "Form field " + name + " is given both as a value and as an object or list.");
    }
}
