package io.wanstreams.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Waits until a service says that it is ready for work. */
final class Readiness {

    private static final Duration START = Duration.ofMinutes(3);

    private Readiness() {}

    static void await(URI url) {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest look =
                HttpRequest.newBuilder(url.resolve("/q/health/ready")).build();
        Awaitility.await()
                .atMost(START)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> http.send(look, BodyHandlers.discarding()).statusCode() == 200);
    }
}
