package io.wanstreams.gateway.net;

import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** Gets what an URL of a client stands for, over a bounded number of redirects, each judged like the first address. */
public final class Download {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int OK = 200;

    private final OutboundHttp http;
    private final OutboundUri uris;
    private final int redirectLimit;

    public Download(OutboundHttp http, OutboundUri uris, int redirectLimit) {
        this.http = http;
        this.uris = uris;
        this.redirectLimit = redirectLimit;
    }

    /**
     * Gets it; fails with an {@link OutboundException}.
     *
     * @param limitBytes most bytes
     * @param timeout for everything together
     */
    public Uni<OutboundAnswer> get(String url, long limitBytes, Duration timeout) {
        return Uni.createFrom()
                .deferred(() -> get(uris.parse(url), limitBytes, timeout, 0))
                .ifNoItem()
                .after(timeout)
                .failWith(() -> new OutboundException.Unreachable("there was no whole answer in time"));
    }

    private Uni<OutboundAnswer> get(URI uri, long limitBytes, Duration timeout, int redirects) {
        return http.send(OutboundRequest.get(uri, limitBytes, timeout)).chain(answer -> {
            if (answer.status() == OK) {
                return Uni.createFrom().item(answer);
            }
            if (!REDIRECTS.contains(answer.status())
                    || answer.header("location").isEmpty()) {
                throw new OutboundException.Unreachable("the host answers with status " + answer.status());
            }
            if (redirects >= redirectLimit) {
                throw new OutboundException.Forbidden("the URL redirects more than " + redirectLimit + " times");
            }
            URI next = uris.redirect(uri, answer.header("location").orElseThrow());
            return get(next, limitBytes, timeout, redirects + 1);
        });
    }
}
