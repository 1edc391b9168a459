package io.wanstreams.gateway.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The one form of all errors; the SDKs read it. */
@Schema(name = "Error")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ErrorEnvelope(Detail error) {

    /**
     * What is wrong.
     *
     * @param type kind by the HTTP status
     * @param param the field to change, or null
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Detail(
            String message, String type, @Nullable String param, String code) {}

    static ErrorEnvelope of(int status, String code, @Nullable String param, String message) {
        return new ErrorEnvelope(new Detail(message, type(status), param, code));
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 429 -> "rate_limit_error";
            case 503 -> "overloaded_error";
            default -> status >= 500 ? "server_error" : "invalid_request_error";
        };
    }
}
