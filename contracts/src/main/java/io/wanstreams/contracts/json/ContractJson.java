package io.wanstreams.contracts.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;

/**
 * Contracts as JSON: snake case, times as ISO text, unknown fields ignored, known ones of the right kind and present
 * unless declared nullable, depth and length bounded.
 */
public final class ContractJson {

    private static final int DEPTH_LIMIT = 64;
    private static final int TEXT_LIMIT_CHARS = 1 << 20;
    private static final int NUMBER_LIMIT_CHARS = 64;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_LIMIT)
                            .maxStringLength(TEXT_LIMIT_CHARS)
                            .maxNumberLength(NUMBER_LIMIT_CHARS)
                            .build())
                    .build())
            .addModule(new JavaTimeModule())
            .annotationIntrospector(new AbsentOnlyIfNullable())
            .defaultLeniency(false)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    textual -> textual.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ContractJson() {}

    /** Writes a contract. */
    public static byte[] write(Object contract) {
        try {
            return MAPPER.writeValueAsBytes(contract);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(contract.getClass().getSimpleName() + " has no JSON form", e);
        }
    }

    /**
     * Reads a contract, believing nothing.
     *
     * @throws MalformedContractException when the bytes are not this contract; the message says where, not what they hold
     */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            T value = MAPPER.readValue(json, type);
            if (value == null) {
                throw new MalformedContractException(type.getSimpleName() + ": expected an object, found null", null);
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new MalformedContractException(type.getSimpleName() + ": " + ContractFault.describe(e), e);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory does not fail", e);
        }
    }

    /** The mapper itself, for callers that embed contracts in JSON of their own. */
    public static ObjectMapper mapper() {
        return MAPPER.copy();
    }
}
