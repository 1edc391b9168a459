package io.wanstreams.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanstreams.contracts.schema.Schemas;
import io.wanstreams.gateway.request.RequestDraft;
import java.util.List;
import java.util.Map;

/** The schema of a request: the draft's, where numbers and flags may also come as text, as form fields do. */
final class RequestSchema {

    private RequestSchema() {}

    static ObjectNode of(String name) {
        ObjectNode schema = Schemas.of(name, RequestDraft.class);
        // A prompt, or a subject in its place: which of the two, the gateway says.
        schema.remove("required");
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            String type = property.getValue().path("type").asText();
            if (type.equals("integer") || type.equals("number") || type.equals("boolean")) {
                ((ObjectNode) property.getValue())
                        .putArray("type")
                        .add(type)
                        .add("string")
                        .add("null");
            }
        }
        for (String image : List.of("input_reference", "last_image", "image_reference", "reference_url")) {
            schema.withObjectProperty("properties").set(image, image(schema));
        }
        return schema;
    }

    /** A URL as it stands, or as the one field of an object. */
    private static ObjectNode image(ObjectNode schema) {
        ObjectNode image = schema.objectNode();
        ArrayNode forms = image.putArray("anyOf");
        forms.addObject().put("type", "string");
        forms.addObject().put("$ref", "#/$defs/ImageReference");
        return image;
    }
}
