package io.wanstreams.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.JobOrigin;
import io.wanstreams.gateway.access.Callers;
import io.wanstreams.gateway.board.BoardJob;
import io.wanstreams.gateway.intake.Order;
import io.wanstreams.gateway.intake.RequestDigest;
import io.wanstreams.gateway.intake.Submissions;
import io.wanstreams.gateway.intake.Uploads;
import io.wanstreams.gateway.intake.Wish;
import io.wanstreams.gateway.request.DraftReader;
import io.wanstreams.gateway.request.RequestResolver;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From a request over HTTP to a job. */
@Singleton
public final class Creation {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final String STRICT = "X-Strict";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private final Callers callers;
    private final Submissions submissions;
    private final RequestResolver resolver;
    private final SecureRandom random = new SecureRandom();

    Creation(Callers callers, Submissions submissions, RequestResolver resolver) {
        this.callers = callers;
        this.submissions = submissions;
        this.resolver = resolver;
    }

    /** A job of what a form or a JSON body says. */
    Uni<BoardJob> create(Received body, HttpHeaders headers) {
        boolean isStrict = "true".equalsIgnoreCase(headers.getHeaderString(STRICT));
        Naming naming = naming(headers);
        return body.read(form -> naming.order(
                        new JobOrigin("http", null, RequestDigest.of(form.body(), form.uploads())),
                        new Wish.Fresh(DraftReader.read(form.body(), isStrict), form.uploads())))
                .chain(submissions::submit);
    }

    /** A job like this one with another prompt. */
    Uni<BoardJob> remix(BoardJob original, ObjectNode body, HttpHeaders headers) {
        Wish wish = new Wish.Derived(
                resolver.remix(original.job().request(), DraftReader.read(body).prompt()));
        JobId of = original.job().id();
        String digest = RequestDigest.of(body.deepCopy().put("remix_of", of.toString()), Uploads.NONE);
        Naming naming = naming(headers);
        return submissions.submit(naming.order(new JobOrigin("http", null, digest, of, null), wish));
    }

    private Naming naming(HttpHeaders headers) {
        String tenant = callers.tenant();
        String key = key(headers);
        JobId id = key == null ? JobId.ofTime(System.currentTimeMillis(), random) : JobId.ofIdempotencyKey(tenant, key);
        return new Naming(id, key != null, tenant);
    }

    /** Whose job it will be, and its id: known from the headers. */
    private record Naming(JobId id, boolean isNamed, String tenant) {

        Order order(JobOrigin origin, Wish wish) {
            return new Order(id, isNamed, tenant, origin, wish);
        }
    }

    private static @Nullable String key(HttpHeaders headers) {
        String key = headers.getHeaderString(IDEMPOTENCY_KEY);
        if (key != null && !KEY.matcher(key).matches()) {
            throw ApiException.invalid(IDEMPOTENCY_KEY, "Idempotency-Key is 1 to 255 visible ASCII characters.");
        }
        return key;
    }
}
