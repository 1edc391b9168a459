package io.wanstreams.gateway.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads fields of an object whose leaves may be what they are or text that says the same: forms only have text. */
final class FieldReader {

    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d{1,20}(\\.\\d{0,20})?|\\.\\d{1,20})([eE][+-]?\\d{1,2})?");
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,19}");

    private final ObjectNode fields;
    private final Set<String> known = new HashSet<>();

    FieldReader(ObjectNode fields) {
        this.fields = fields;
    }

    /** The first field that nobody has asked for and that is none of these, or null. */
    @Nullable
    String firstUnknown(Set<String> others) {
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            if (!known.contains(field.getKey()) && !others.contains(field.getKey())) {
                return field.getKey();
            }
        }
        return null;
    }

    /** The value of a field, whatever its kind; of one that is not there, a missing node. */
    JsonNode value(String name) {
        known.add(name);
        return fields.path(name);
    }

    /** A text as it stands, the empty one too. */
    @Nullable
    String text(String name) {
        JsonNode value = value(name);
        if (!BodyReader.isGiven(value)) {
            return null;
        }
        if (value.isTextual()) {
            return value.textValue();
        }
        throw RefusedException.invalid(name, name + " is text, found " + kind(value) + ".");
    }

    /** A text that says nothing when it is empty. */
    @Nullable
    String word(String name) {
        String text = text(name);
        return text == null || text.isBlank() ? null : text.strip();
    }

    @Nullable
    Integer integer(String name) {
        Long value = whole(name);
        if (value == null) {
            return null;
        }
        if (value != value.intValue()) {
            throw RefusedException.invalid(name, name + " is far out of range.");
        }
        return value.intValue();
    }

    @Nullable
    Long whole(String name) {
        JsonNode value = value(name);
        if (isOpen(value)) {
            return null;
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        if (value.isBigDecimal() && isWhole(value.decimalValue())) {
            return value.decimalValue().longValue();
        }
        if (value.isTextual() && INTEGER.matcher(value.textValue().strip()).matches()) {
            try {
                return Long.parseLong(value.textValue().strip());
            } catch (NumberFormatException e) {
                throw RefusedException.invalid(name, name + " is far out of range.");
            }
        }
        throw RefusedException.invalid(name, name + " is a whole number, found " + found(value) + ".");
    }

    @Nullable
    Double number(String name) {
        JsonNode value = value(name);
        if (isOpen(value)) {
            return null;
        }
        double number = Double.NaN;
        if (value.isNumber()) {
            number = value.doubleValue();
        } else if (value.isTextual()
                && NUMBER.matcher(value.textValue().strip()).matches()) {
            number = Double.parseDouble(value.textValue().strip());
        }
        if (!Double.isFinite(number)) {
            throw RefusedException.invalid(name, name + " is a number, found " + found(value) + ".");
        }
        return number;
    }

    @Nullable
    Boolean flag(String name) {
        JsonNode value = value(name);
        if (isOpen(value)) {
            return null;
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        return switch (value.isTextual() ? value.textValue().strip().toLowerCase(Locale.ROOT) : "") {
            case "true", "1", "on" -> true;
            case "false", "0", "off" -> false;
            default -> throw RefusedException.invalid(name, name + " is true or false, found " + found(value) + ".");
        };
    }

    /** A map of texts; numbers and booleans become the text that they are. May come as JSON text. */
    Map<String, String> texts(String name) {
        JsonNode value = value(name);
        if (isOpen(value)) {
            return Map.of();
        }
        JsonNode object = value.isTextual() ? BodyReader.object(value.textValue(), name) : value;
        if (!object.isObject()) {
            throw RefusedException.invalid(name, name + " is an object of texts, found " + kind(value) + ".");
        }
        Map<String, String> texts = new TreeMap<>();
        object.properties().forEach(entry -> {
            if (entry.getValue().isContainerNode() || entry.getValue().isNull()) {
                throw RefusedException.invalid(
                        name, name + " is an object of texts, one value is " + kind(entry.getValue()) + ".");
            }
            texts.put(entry.getKey(), entry.getValue().asText());
        });
        return texts;
    }

    private static boolean isOpen(JsonNode value) {
        return !BodyReader.isGiven(value)
                || (value.isTextual() && value.textValue().isBlank());
    }

    private static boolean isWhole(BigDecimal number) {
        return (long) number.precision() - number.scale() <= 18
                && number.scale() < 64
                && number.stripTrailingZeros().scale() <= 0;
    }

    private static String found(JsonNode value) {
        String text = value.asText();
        return value.isValueNode() && text.length() <= 24 ? "'" + text + "'" : kind(value);
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case STRING -> "text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            default -> "nothing";
        };
    }
}
