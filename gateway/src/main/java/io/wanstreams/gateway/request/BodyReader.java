package io.wanstreams.gateway.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads a JSON body, believing nothing: strict UTF-8, one object, depth and lengths bounded. */
public final class BodyReader {

    private static final int DEPTH_LIMIT = 32;
    /** An image may stand in a text; how long a body is has been bounded before. */
    private static final int TEXT_LIMIT_CHARS = 256 << 20;

    private static final int NUMBER_LIMIT_CHARS = 64;
    private static final int NAME_LIMIT_CHARS = 256;

    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_LIMIT)
                            .maxStringLength(TEXT_LIMIT_CHARS)
                            .maxNumberLength(NUMBER_LIMIT_CHARS)
                            .maxNameLength(NAME_LIMIT_CHARS)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .reader();

    private BodyReader() {}

    /**
     * Reads a body.
     *
     * @throws RefusedException when it is not one JSON object
     */
    public static ObjectNode object(byte[] body) {
        return object(utf8(body), null);
    }

    /**
     * Reads a JSON object that was sent as text.
     *
     * @param param the field it came in, or null for the body
     * @throws RefusedException when it is not one JSON object
     */
    static ObjectNode object(String json, @Nullable String param) {
        try {
            if (READER.readTree(json) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw malformed(param, "is not well-formed JSON" + place(e));
        }
        throw malformed(param, "is not a JSON object");
    }

    private static String utf8(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed(null, "is not UTF-8");
        }
    }

    /** Line and column only: the parser's own message quotes the body. */
    private static String place(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }

    private static RefusedException malformed(@Nullable String param, String what) {
        String subject = param == null ? "The body " : "Field " + param + " ";
        return new RefusedException(new Refusal(param, Refusal.MALFORMED, subject + what + "."));
    }

    /** Whether a field is there and not null. */
    static boolean isGiven(@Nullable JsonNode value) {
        return value != null && !value.isNull() && !value.isMissingNode();
    }
}
