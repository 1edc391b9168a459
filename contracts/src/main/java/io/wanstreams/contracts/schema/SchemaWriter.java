package io.wanstreams.contracts.schema;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanstreams.contracts.json.ContractJson;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes the JSON Schema (draft 2020-12) of a record: what {@link ContractJson} writes is valid, what it refuses for a
 * missing or misshapen field is not. A component is required unless it is declared {@link Nullable}; fields that are not
 * named are allowed, as readers ignore them.
 */
final class SchemaWriter {

    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final Map<Class<?>, String> SCALARS = Map.of(
            String.class, "string",
            int.class, "integer",
            Integer.class, "integer",
            long.class, "integer",
            Long.class, "integer",
            double.class, "number",
            Double.class, "number",
            boolean.class, "boolean",
            Boolean.class, "boolean");
    private static final Map<Class<?>, String> FORMATS =
            Map.of(Instant.class, "date-time", Duration.class, "duration", UUID.class, "uuid");

    private final ObjectMapper mapper = ContractJson.mapper();
    private final Map<String, ObjectNode> definitions = new LinkedHashMap<>();

    private SchemaWriter() {}

    /** The schema of a record under this name. */
    static ObjectNode write(String name, Class<?> type) {
        SchemaWriter writer = new SchemaWriter();
        ObjectNode schema = writer.mapper.createObjectNode();
        schema.put("$schema", DIALECT);
        schema.put("$id", "/v1/schemas/" + name);
        schema.put("title", name);
        schema.setAll(writer.object(type));
        if (!writer.definitions.isEmpty()) {
            ObjectNode definitions = schema.putObject("$defs");
            writer.definitions.forEach(definitions::set);
        }
        return schema;
    }

    private ObjectNode object(Class<?> type) {
        ObjectNode schema = mapper.createObjectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = mapper.createArrayNode();
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonIgnore.class)) {
                continue;
            }
            String name = nameOf(type, component);
            properties.set(name, schema(component.getGenericType()));
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                required.add(name);
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema;
    }

    private String nameOf(Class<?> type, RecordComponent component) {
        return mapper.getSerializationConfig().introspect(mapper.constructType(type)).findProperties().stream()
                .filter(property -> property.getInternalName().equals(component.getName()))
                .map(BeanPropertyDefinition::getName)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        type.getSimpleName() + " does not show its component " + component.getName()));
    }

    private ObjectNode schema(Type type) {
        if (type instanceof ParameterizedType generic) {
            return container(generic);
        }
        Class<?> plain = (Class<?>) type;
        if (SCALARS.containsKey(plain)) {
            return ofType(SCALARS.get(plain));
        } else if (FORMATS.containsKey(plain)) {
            return ofType("string").put("format", FORMATS.get(plain));
        } else if (plain.isEnum()) {
            return enumeration(plain);
        } else if (isText(plain)) {
            return ofType("string");
        }
        return reference(plain);
    }

    private ObjectNode container(ParameterizedType type) {
        Type[] arguments = type.getActualTypeArguments();
        if (Collection.class.isAssignableFrom((Class<?>) type.getRawType())) {
            ObjectNode list = ofType("array");
            list.set("items", schema(arguments[0]));
            return list;
        }
        ObjectNode map = ofType("object");
        map.set("additionalProperties", schema(arguments[1]));
        return map;
    }

    private ObjectNode enumeration(Class<?> type) {
        ObjectNode schema = ofType("string");
        ArrayNode values = schema.putArray("enum");
        Arrays.stream(type.getEnumConstants())
                .map(mapper::valueToTree)
                .forEach(value -> values.add(value.toString().replace("\"", "")));
        return schema;
    }

    /** A value that JSON shows as its text. */
    private static boolean isText(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(JsonValue.class))
                .map(Method::getReturnType)
                .anyMatch(String.class::equals);
    }

    private ObjectNode reference(Class<?> type) {
        String name = type.getSimpleName();
        if (!definitions.containsKey(name)) {
            definitions.put(name, mapper.createObjectNode());
            definitions.put(name, type.isRecord() ? object(type) : union(type));
        }
        return mapper.createObjectNode().put("$ref", "#/$defs/" + name);
    }

    /** A sealed interface whose records are told apart by a field. */
    private ObjectNode union(Class<?> type) {
        JsonTypeInfo info = type.getAnnotation(JsonTypeInfo.class);
        JsonSubTypes kinds = type.getAnnotation(JsonSubTypes.class);
        if (info == null || kinds == null) {
            throw new IllegalArgumentException(
                    type.getSimpleName() + " is no record, and JSON has no names for its kinds");
        }
        ObjectNode schema = mapper.createObjectNode();
        ArrayNode choices = schema.putArray("oneOf");
        for (JsonSubTypes.Type kind : kinds.value()) {
            ObjectNode choice = object(kind.value());
            choice.withObjectProperty("properties").putObject(info.property()).put("const", kind.name());
            choice.withArrayProperty("required").add(info.property());
            choices.add(choice);
        }
        return schema;
    }

    private ObjectNode ofType(String type) {
        return mapper.createObjectNode().put("type", type);
    }
}
