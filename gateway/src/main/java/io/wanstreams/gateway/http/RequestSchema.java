package io.wanstreams.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanstreams.contracts.schema.Schemas;
import io.wanstreams.gateway.request.RequestDraft;
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
        return schema;
    }
}
