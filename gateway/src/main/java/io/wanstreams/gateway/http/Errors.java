package io.wanstreams.gateway.http;

import io.wanstreams.gateway.intake.IntakeException;
import io.wanstreams.gateway.request.RefusedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.core.multipart.MultiPartParserDefinition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every exception as the envelope, with what a client should do about it: {@code x-should-retry} and {@code Retry-After}. */
public final class Errors {

    private static final Logger log = LoggerFactory.getLogger(Errors.class);
    private static final int LAST_REDIRECT = 399;
    private static final int PLACES = 12;

    @ServerExceptionMapper
    public Response refused(RefusedException e) {
        return answer(400, e.refusal().code(), e.refusal().param(), e.refusal().message(), false);
    }

    @ServerExceptionMapper
    public Response api(ApiException e) {
        return answer(e.status(), e.code(), e.param(), String.valueOf(e.getMessage()), false);
    }

    @ServerExceptionMapper
    public Response intake(IntakeException e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof IntakeException.QueueFull full) {
            return later(429, "queue_full", message, full.retryAfter(), true);
        } else if (e instanceof IntakeException.TenantFull full) {
            return later(429, "tenant_limit", message, full.retryAfter(), true);
        } else if (e instanceof IntakeException.DiskFull full) {
            return later(503, "storage_full", message, full.retryAfter(), true);
        } else if (e instanceof IntakeException.Overloaded overloaded) {
            return later(503, "overloaded", message, overloaded.retryAfter(), true);
        } else if (e instanceof IntakeException.Unavailable unavailable) {
            return later(503, "log_unavailable", message, unavailable.retryAfter(), unavailable.isRepeatable());
        }
        return answer(409, "idempotency_conflict", "Idempotency-Key", message, false);
    }

    @ServerExceptionMapper
    public Response web(WebApplicationException e) {
        Response found = e.getResponse();
        int status = found.getStatus();
        if (status <= LAST_REDIRECT) {
            return found;
        }
        Response answer = answer(status, code(status), null, message(status), false);
        Object allow = found.getHeaders().getFirst(HttpHeaders.ALLOW);
        return allow == null
                ? answer
                : Response.fromResponse(answer).header(HttpHeaders.ALLOW, allow).build();
    }

    /** Only reading a body throws these before an answer has begun. */
    @ServerExceptionMapper
    public Response unreadable(IOException e) {
        if (e instanceof MultiPartParserDefinition.FileTooLargeException) {
            return answer(413, code(413), null, message(413), false);
        }
        return answer(400, "malformed_body", null, "The body ends early, or is not what its content type says.", false);
    }

    @ServerExceptionMapper
    public Response unexpected(Throwable e) {
        // Kinds and places only: messages of libraries quote what was sent.
        log.atError()
                .addKeyValue("error", e.getClass().getName())
                .addKeyValue(
                        "at", Arrays.stream(e.getStackTrace()).limit(PLACES).toList())
                .log("Request failed");
        return answer(500, "internal_error", null, "Something went wrong here; the x-request-id names it.", true);
    }

    /** An error with the envelope. */
    static Response answer(int status, String code, @Nullable String param, String message, boolean shouldRetry) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header("x-should-retry", shouldRetry)
                .entity(ApiJson.write(ErrorEnvelope.of(status, code, param, message)))
                .build();
    }

    private static Response later(int status, String code, String message, Duration after, boolean shouldRetry) {
        return Response.fromResponse(answer(status, code, null, message, shouldRetry))
                .header(HttpHeaders.RETRY_AFTER, after.toSeconds())
                .build();
    }

    static String code(int status) {
        return switch (status) {
            case 404 -> "not_found";
            case 405 -> "method_not_allowed";
            case 406 -> "not_acceptable";
            case 413 -> "body_too_large";
            case 415 -> "unsupported_media_type";
            case 431 -> "headers_too_large";
            case 503 -> "overloaded";
            default -> status >= 500 ? "internal_error" : "malformed_request";
        };
    }

    static String message(int status) {
        return switch (status) {
            case 404 -> "There is nothing at this path; see /q/openapi for what there is.";
            case 405 -> "This path does not take this method; the Allow header lists those it takes.";
            case 406 -> "This path does not give the media type that the Accept header asks for.";
            case 413 -> "The body is too large.";
            case 415 ->
                "A request's body is application/json, multipart/form-data or application/x-www-form-urlencoded.";
            case 431 -> "The request's headers are too large.";
            case 503 -> "Too many large requests are being received; try again later.";
            default -> status >= 500 ? "Something went wrong here." : "The request is malformed.";
        };
    }
}
