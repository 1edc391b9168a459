package io.wanstreams.gateway.net;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Sends requests to addresses that clients named. Redirects are given back, not followed; connections are not kept. */
public final class OutboundHttp implements AutoCloseable {

    private static final int CONNECTIONS_TO_A_HOST = 8;
    private static final int WAITING_FOR_A_HOST = 64;
    private static final int CONNECT_MILLIS = 5_000;

    private final PublicAddresses addresses;
    private final HttpClient client;

    public OutboundHttp(Vertx vertx, PublicAddresses addresses) {
        this.addresses = addresses;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setKeepAlive(false)
                .setConnectTimeout(CONNECT_MILLIS)
                .setMaxPoolSize(CONNECTIONS_TO_A_HOST)
                .setMaxWaitQueueSize(WAITING_FOR_A_HOST));
    }

    /** Sends; fails with an {@link OutboundException}. */
    public Uni<OutboundAnswer> send(OutboundRequest request) {
        return Uni.createFrom()
                .item(() -> addresses.resolve(OutboundUri.host(request.uri())))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(address -> exchange(request, address))
                .ifNoItem()
                .after(request.timeout())
                .failWith(() -> new OutboundException.Unreachable("there was no whole answer in time"))
                .onFailure(error -> !(error instanceof OutboundException))
                .transform(error -> new OutboundException.Unreachable("the host does not answer properly"));
    }

    @Override
    public void close() {
        client.close();
    }

    private Uni<OutboundAnswer> exchange(OutboundRequest request, InetAddress address) {
        return Uni.createFrom()
                .emitter(emitter -> client.request(options(request.uri(), address, request.method()))
                        .onFailure(emitter::fail)
                        .onSuccess(open -> {
                            emitter.onTermination(open::reset);
                            request.headers().forEach(open::putHeader);
                            send(open, request)
                                    .onFailure(emitter::fail)
                                    .onSuccess(answer -> read(open, answer, request.answerLimitBytes(), emitter));
                        }));
    }

    /** The name stands in the request and is checked against the certificate; the connection goes to the address. */
    private static RequestOptions options(URI uri, InetAddress address, String method) {
        int port = OutboundUri.port(uri);
        return new RequestOptions()
                .setMethod(HttpMethod.valueOf(method))
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, port)))
                .setHost(OutboundUri.host(uri))
                .setPort(port)
                .setSsl(OutboundUri.isHttps(uri))
                .setURI(OutboundUri.target(uri))
                .setFollowRedirects(false);
    }

    private static io.vertx.core.Future<HttpClientResponse> send(HttpClientRequest open, OutboundRequest request) {
        byte[] body = request.body();
        return body == null ? open.send() : open.send(Buffer.buffer(body));
    }

    private static void read(
            HttpClientRequest open,
            HttpClientResponse answer,
            long limitBytes,
            UniEmitter<? super OutboundAnswer> emitter) {
        Buffer body = Buffer.buffer();
        answer.exceptionHandler(emitter::fail);
        answer.handler(part -> {
            if (body.length() + (long) part.length() > limitBytes) {
                emitter.fail(new OutboundException.TooLarge(limitBytes));
                open.reset();
            } else {
                body.appendBuffer(part);
            }
        });
        answer.endHandler(
                end -> emitter.complete(new OutboundAnswer(answer.statusCode(), headers(answer), body.getBytes())));
    }

    private static Map<String, String> headers(HttpClientResponse answer) {
        Map<String, String> headers = new HashMap<>();
        answer.headers()
                .forEach(header -> headers.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        return headers;
    }
}
