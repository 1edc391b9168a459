package io.wanstreams.gateway.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.wanstreams.gateway.GatewayConfig;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** What stands before and behind all resources: the request's id, bodies that are too large, paths that do not exist. */
@Singleton
public final class RequestGate {

    private static final int BEFORE_ALL_ELSE = 1000;
    /** Quarkus writes its own limit for bodies that do not say how long they are; this one comes after it. */
    private static final int AFTER_QUARKUS_LIMIT = 1;

    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final String REQUEST_ID_HEADER = "x-request-id";

    /** The page loads nothing from elsewhere and runs no script but its own file; nobody frames it. */
    private static final Map<String, String> BROWSER_RULES = Map.of(
            "content-security-policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:;"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "x-content-type-options",
            "nosniff",
            "referrer-policy",
            "no-referrer");

    private final long headerLimitBytes;
    private final long smallBodyBytes;
    private final long bodyLimitBytes;
    private final long multipartLimitBytes;
    private final long retryAfterSeconds;
    private final BodyRoom room;

    RequestGate(
            GatewayConfig config,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize multipartLimit) {
        this.headerLimitBytes = config.http().headerLimit().asLongValue();
        this.smallBodyBytes = config.http().smallBody().asLongValue();
        this.bodyLimitBytes = Math.max(smallBodyBytes, config.http().bodyLimit().asLongValue());
        this.multipartLimitBytes = multipartLimit.asLongValue();
        this.retryAfterSeconds = config.submit().retryAfter().toSeconds();
        this.room = new BodyRoom(config.http().largeBodies().asLongValue());
    }

    void before(@Observes Filters filters) {
        filters.register(this::check, BEFORE_ALL_ELSE);
        filters.register(this::limitUnknownLength, AFTER_QUARKUS_LIMIT);
    }

    void behind(@Observes Router router) {
        router.route().last().handler(context -> answer(context, 404));
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        context.response().putHeader(REQUEST_ID_HEADER, requestId(request.getHeader(REQUEST_ID_HEADER)));
        BROWSER_RULES.forEach(context.response()::putHeader);
        if (headerBytes(request) > headerLimitBytes) {
            refuse(context, request, 431);
        } else if (length(request) > limit(request)) {
            refuse(context, request, 413);
        } else if (!hasMediaType(request)) {
            refuse(context, request, 415);
        } else if (!hasRoom(context, request)) {
            context.response().putHeader("retry-after", String.valueOf(retryAfterSeconds));
            refuse(context, request, 503);
        } else {
            context.next();
        }
    }

    private boolean hasRoom(RoutingContext context, HttpServerRequest request) {
        long held = held(request);
        if (held <= smallBodyBytes) {
            return true;
        }
        if (!room.take(held)) {
            return false;
        }
        context.addEndHandler(ended -> room.giveBack(held));
        return true;
    }

    /** What of a body may be in memory at once. Files of a form are not; its texts are as long as any other body. */
    private long held(HttpServerRequest request) {
        boolean isUnknown =
                request.getHeader("content-length") == null && request.getHeader("transfer-encoding") != null;
        return Math.min(bodyLimitBytes, isUnknown ? limit(request) : length(request));
    }

    private void limitUnknownLength(RoutingContext context) {
        context.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, limit(context.request()));
        context.next();
    }

    private long limit(HttpServerRequest request) {
        if (isMultipart(request)) {
            return multipartLimitBytes;
        }
        // Whoever sends a large body says how large it is.
        return request.getHeader("content-length") == null ? smallBodyBytes : bodyLimitBytes;
    }

    /** Answers at once and lets the rest of the body go by: a client that is cut off while it sends never reads the answer. */
    private static void refuse(RoutingContext context, HttpServerRequest request, int status) {
        request.handler(discarded -> {});
        request.resume();
        answer(context, status);
    }

    private static void answer(RoutingContext context, int status) {
        context.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .putHeader("x-should-retry", String.valueOf(status == 503))
                .end(ApiJson.write(ErrorEnvelope.of(status, Errors.code(status), null, Errors.message(status))));
    }

    /** Whether what is given as the body's media type is one. */
    private static boolean hasMediaType(HttpServerRequest request) {
        String type = request.getHeader("content-type");
        try {
            return type == null || MediaType.valueOf(type) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isMultipart(HttpServerRequest request) {
        String type = request.getHeader("content-type");
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    private static long headerBytes(HttpServerRequest request) {
        long bytes = request.uri().length();
        for (Map.Entry<String, String> header : request.headers()) {
            bytes += header.getKey().length() + header.getValue().length();
        }
        return bytes;
    }

    private static long length(HttpServerRequest request) {
        String length = request.getHeader("content-length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private static String requestId(@Nullable String sent) {
        return sent != null && REQUEST_ID.matcher(sent).matches()
                ? sent
                : UUID.randomUUID().toString();
    }
}
