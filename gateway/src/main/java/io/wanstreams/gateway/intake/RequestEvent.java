package io.wanstreams.gateway.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanstreams.gateway.request.BodyReader;
import io.wanstreams.gateway.request.Refusal;
import io.wanstreams.gateway.request.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that came as a CloudEvent 1.0 (Kafka protocol binding): in binary mode ({@code ce_*} headers, JSON value) or as
 * structured JSON. Which of the two is decided by the content type alone.
 *
 * @param source of the event
 * @param id of the event, unique in its source: both together name the job
 * @param data the same JSON as of {@code POST /v1/videos}
 */
record RequestEvent(String source, String id, ObjectNode data) {

    private static final String STRUCTURED = "application/cloudevents";
    private static final String CONTENT_TYPE = "content-type";
    private static final int NAME_LIMIT_CHARS = 1024;

    /**
     * Reads an event.
     *
     * @throws RefusedException when it is none
     */
    static RequestEvent read(Map<String, String> headers, byte @Nullable [] value) {
        byte[] body = value == null ? new byte[0] : value;
        String type = headers.getOrDefault(CONTENT_TYPE, "").toLowerCase(Locale.ROOT);
        return type.startsWith(STRUCTURED) ? structured(type, body) : binary(headers, type, body);
    }

    private static RequestEvent binary(Map<String, String> headers, String type, byte[] body) {
        requireVersion(headers.get("ce_specversion"));
        required("ce_type", headers.get("ce_type"));
        requireJson(type);
        return new RequestEvent(
                required("ce_source", headers.get("ce_source")),
                required("ce_id", headers.get("ce_id")),
                BodyReader.object(body));
    }

    private static RequestEvent structured(String type, byte[] body) {
        String format = type.split(";", 2)[0].strip();
        if (!format.equals(STRUCTURED + "+json")) {
            throw refused(CONTENT_TYPE, "A structured event is " + STRUCTURED + "+json; batches are not taken.");
        }
        ObjectNode event = BodyReader.object(body);
        requireVersion(text(event, "specversion"));
        required("type", text(event, "type"));
        requireJson(String.valueOf(text(event, "datacontenttype") == null ? "" : text(event, "datacontenttype")));
        return new RequestEvent(
                required("source", text(event, "source")), required("id", text(event, "id")), data(event));
    }

    private static ObjectNode data(ObjectNode event) {
        if (event.get("data") instanceof ObjectNode data) {
            return data;
        }
        String base64 = text(event, "data_base64");
        if (base64 == null) {
            throw refused("data", "data is the JSON object of POST /v1/videos.");
        }
        try {
            return BodyReader.object(Base64.getDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII)));
        } catch (IllegalArgumentException e) {
            throw refused("data_base64", "data_base64 is not Base64.");
        }
    }

    private static @Nullable String text(ObjectNode event, String name) {
        JsonNode value = event.get(name);
        return value != null && value.isTextual() ? value.textValue() : null;
    }

    private static void requireVersion(@Nullable String version) {
        if (!"1.0".equals(version)) {
            throw refused("specversion", "This is not a CloudEvent of specversion 1.0.");
        }
    }

    private static void requireJson(String type) {
        String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!media.isEmpty() && !media.equals("application/json") && !media.endsWith("+json")) {
            throw refused(CONTENT_TYPE, "The data of a request is application/json.");
        }
    }

    private static String required(String name, @Nullable String value) {
        if (value == null || value.isEmpty() || value.length() > NAME_LIMIT_CHARS) {
            throw refused(name, "A CloudEvent has a " + name + " of 1 to " + NAME_LIMIT_CHARS + " characters.");
        }
        return value;
    }

    private static RefusedException refused(String param, String message) {
        return new RefusedException(new Refusal(param, Refusal.MALFORMED, message));
    }
}
