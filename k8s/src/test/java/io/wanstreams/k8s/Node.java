package io.wanstreams.k8s;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A place in a YAML document; what is not there is said by name. */
record Node(@Nullable Object value, String path) {

    static Node of(@Nullable Object value) {
        return new Node(value, "$");
    }

    /** The child at {@code a/b/0/c}; names with a slash are not reached this way. */
    Node at(String steps) {
        Node node = this;
        for (String step : steps.split("/")) {
            node = node.child(step);
        }
        return node;
    }

    Node child(String step) {
        if (value instanceof List<?> list) {
            return new Node(list.get(Integer.parseInt(step)), path + "[" + step + "]");
        }
        return new Node(map().get(step), path + "." + step);
    }

    List<Node> children() {
        if (!(value instanceof List<?> list)) {
            throw new AssertionError(path + " is not a list: " + value);
        }
        return list.stream().map(v -> new Node(v, path + "[]")).toList();
    }

    /** The entry of a list whose {@code name} is this. */
    Node named(String name) {
        return children().stream()
                .filter(c -> name.equals(c.map().get("name")))
                .findFirst()
                .orElseThrow(() -> new AssertionError(path + " has no entry named " + name));
    }

    Set<String> keys() {
        return map().keySet().stream().map(String::valueOf).collect(Collectors.toSet());
    }

    String text(String steps) {
        Object found = at(steps).value;
        if (found == null) {
            throw new AssertionError(path + " has no " + steps);
        }
        return found.toString();
    }

    private Map<?, ?> map() {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new AssertionError(path + " is not a mapping: " + value);
    }
}
