package io.wanstreams.contracts.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.Map;
import java.util.stream.Collectors;

/** Says where JSON is not what it should be, without repeating what it holds. */
final class ContractFault {

    private ContractFault() {}

    static String describe(JsonProcessingException fault) {
        return place(fault) + reason(fault);
    }

    private static String reason(JsonProcessingException fault) {
        Throwable cause = fault.getCause();
        // Our own refusals, and nobody's subclass of them: those like to quote what they could not read.
        if (cause != null && cause.getClass() == IllegalArgumentException.class && cause.getMessage() != null) {
            return cause.getMessage();
        }
        return fault instanceof JsonMappingException ? "value of the wrong kind or missing" : "not well-formed JSON";
    }

    private static String place(JsonProcessingException fault) {
        if (fault instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            return mapping.getPath().stream().map(ContractFault::step).collect(Collectors.joining(".")) + ": ";
        }
        JsonLocation location = fault.getLocation();
        return location == null ? "" : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
    }

    private static String step(JsonMappingException.Reference step) {
        if (step.getFieldName() == null) {
            return Integer.toString(step.getIndex());
        }
        // The keys of a map are content as well.
        return step.getFrom() instanceof Map || step.getFrom() == Map.class ? "*" : step.getFieldName();
    }
}
