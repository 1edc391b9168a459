package io.wanstreams.contracts.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.stream.Collectors;

/** Says where JSON is not what it should be, without repeating what it holds. */
final class ContractFault {

    private ContractFault() {}

    static String describe(JsonProcessingException fault) {
        return place(fault) + reason(fault);
    }

    private static String reason(JsonProcessingException fault) {
        if (fault.getCause() instanceof IllegalArgumentException refusal && refusal.getMessage() != null) {
            return refusal.getMessage();
        }
        return fault instanceof JsonMappingException ? "value of the wrong kind or missing" : "not well-formed JSON";
    }

    private static String place(JsonProcessingException fault) {
        if (fault instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            return mapping.getPath().stream()
                            .map(step -> step.getFieldName() == null
                                    ? Integer.toString(step.getIndex())
                                    : step.getFieldName())
                            .collect(Collectors.joining("."))
                    + ": ";
        }
        JsonLocation location = fault.getLocation();
        return location == null ? "" : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
    }
}
