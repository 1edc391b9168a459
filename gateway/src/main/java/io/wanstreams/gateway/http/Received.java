package io.wanstreams.gateway.http;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;
import org.jspecify.annotations.Nullable;

/**
 * A body that has arrived and is not read yet.
 *
 * @param isLarge whether reading it takes longer than the thread that serves all connections has time
 */
record Received(boolean isLarge, Supplier<Forms> forms) {

    private static final int LARGE_BYTES = 64 * 1024;

    /** What a form carries is not known before it is read; files are digested. */
    static Received form(MultipartFormDataInput form) {
        return new Received(true, () -> Forms.of(form));
    }

    static Received json(byte @Nullable [] body) {
        return new Received(isLarge(body), () -> Forms.ofJson(body));
    }

    static Received urlEncoded(byte @Nullable [] body) {
        return new Received(isLarge(body), () -> Forms.ofUrlEncoded(body));
    }

    /** Reads the body and makes something of it, elsewhere when it is large. */
    <T> Uni<T> read(Function<Forms, T> use) {
        Uni<T> read = Uni.createFrom().item(() -> use.apply(forms.get()));
        return isLarge ? read.runSubscriptionOn(Infrastructure.getDefaultWorkerPool()) : read;
    }

    private static boolean isLarge(byte @Nullable [] body) {
        return body != null && body.length > LARGE_BYTES;
    }
}
