package io.wanstreams.gateway.request;

import org.jspecify.annotations.Nullable;

/**
 * Why a request is not carried out, for the client.
 *
 * @param param the field to change, in the client's words, or null when it is not one field
 * @param code machine-readable kind, for example {@code invalid_value}
 * @param message one sentence: what was found, what is valid; never the whole of what was sent
 */
public record Refusal(@Nullable String param, String code, String message) {

    public static final String INVALID_VALUE = "invalid_value";
    public static final String MISSING = "missing_required_parameter";
    public static final String UNSUPPORTED = "unsupported_parameter";
    public static final String MODEL_NOT_FOUND = "model_not_found";
    /** An image that is named and cannot be had. */
    public static final String INVALID_REFERENCE = "invalid_reference";

    public static final String MALFORMED = "malformed_body";
}
