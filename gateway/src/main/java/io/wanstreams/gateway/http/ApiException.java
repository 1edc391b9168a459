package io.wanstreams.gateway.http;

import org.jspecify.annotations.Nullable;

/** An answer that is an error: becomes the envelope. */
final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final @Nullable String param;

    private ApiException(int status, String code, @Nullable String param, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.param = param;
    }

    static ApiException invalid(String param, String message) {
        return new ApiException(400, "invalid_value", param, message);
    }

    static ApiException notFound(String code, String message) {
        return new ApiException(404, code, null, message);
    }

    static ApiException noSuchVideo() {
        return notFound("video_not_found", "There is no such video.");
    }

    static ApiException conflict(String code, String message) {
        return new ApiException(409, code, null, message);
    }

    static ApiException of(int status, String code, String message) {
        return new ApiException(status, code, null, message);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    @Nullable
    String param() {
        return param;
    }
}
