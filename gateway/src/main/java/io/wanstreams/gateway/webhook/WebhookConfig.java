package io.wanstreams.gateway.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Webhooks: who is called, and how hard it is tried. */
@ConfigMapping(prefix = "wan.webhooks")
public interface WebhookConfig {

    /** Receivers by a name of the operator's choice; the name stands in the topic, the rest is read at each start. */
    Map<String, Endpoint> endpoints();

    /** Signs calls to the callback_url of a request, {@code whsec_} and Base64; without it such requests are refused. */
    Optional<String> callbackSecret();

    /** Pauses before the second and each further attempt; after the last the delivery becomes a dead letter. */
    @WithDefault("10S,30S,2M,10M,1H,6H,24H")
    List<Duration> retries();

    /** How long a receiver may take to answer. */
    @WithDefault("15S")
    Duration attemptTimeout();

    /** Most attempts at once. */
    @WithDefault("64")
    int inFlight();

    /** Most attempts at once at one receiver. */
    @WithDefault("8")
    int inFlightPerReceiver();

    /** Most undelivered events held in memory; beyond it no more are read from the topic. */
    @WithDefault("100000")
    int pendingLimit();

    /** Whether receivers may be called without TLS. */
    @WithDefault("false")
    boolean plainHttp();

    /** Ranges of addresses that may be called although they are not public, for example 10.1.0.0/16. */
    Optional<List<String>> allowedAddresses();

    /** A receiver. */
    interface Endpoint {

        /** Where events are posted to. */
        String url();

        /** Signs them: {@code whsec_} and Base64. */
        String secret();

        /** Which: video.completed, video.failed, video.progress (when a stage begins). */
        @WithDefault("video.completed,video.failed")
        List<String> events();

        /** Whose jobs; everybody's when absent. */
        Optional<String> tenant();
    }
}
