package io.wanstreams.gateway.webhook;

import io.wanstreams.gateway.net.AddressRange;
import io.wanstreams.gateway.net.OutboundException;
import io.wanstreams.gateway.net.OutboundUri;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Webhooks as they are carried out.
 *
 * @param receivers from the settings
 * @param callbackSecret for callbacks of requests, or null where none are taken
 * @param retries pauses before the second and each further attempt
 * @param allowed ranges that may be called although they are not public
 */
public record WebhookSettings(
        List<Receiver> receivers,
        @Nullable WebhookSecret callbackSecret,
        List<Duration> retries,
        Duration attemptTimeout,
        int inFlight,
        int inFlightPerReceiver,
        int pendingLimit,
        boolean plainHttp,
        List<AddressRange> allowed) {

    public WebhookSettings {
        receivers = List.copyOf(receivers);
        retries = List.copyOf(retries);
        allowed = List.copyOf(allowed);
        if (inFlight < 1 || inFlightPerReceiver < 1 || pendingLimit < 1) {
            throw new IllegalArgumentException(
                    "wan.webhooks.in-flight, in-flight-per-receiver and pending-limit are at least 1");
        }
        if (retries.stream().anyMatch(Duration::isNegative)) {
            throw new IllegalArgumentException("wan.webhooks.retries are not negative, found " + retries);
        }
    }

    /**
     * Reads the settings.
     *
     * @throws IllegalArgumentException naming the setting that cannot work
     */
    public static WebhookSettings of(WebhookConfig config) {
        OutboundUri uris = new OutboundUri(config.plainHttp());
        return new WebhookSettings(
                config.endpoints().entrySet().stream()
                        .map(endpoint -> receiver(uris, endpoint))
                        .toList(),
                config.callbackSecret()
                        .map(secret -> WebhookSecret.parse("wan.webhooks.callback-secret", secret))
                        .orElse(null),
                config.retries(),
                config.attemptTimeout(),
                config.inFlight(),
                config.inFlightPerReceiver(),
                config.pendingLimit(),
                config.plainHttp(),
                config.allowedAddresses().orElse(List.of()).stream()
                        .map(AddressRange::parse)
                        .toList());
    }

    private static Receiver receiver(OutboundUri uris, Map.Entry<String, WebhookConfig.Endpoint> endpoint) {
        String setting = "wan.webhooks.endpoints." + endpoint.getKey();
        WebhookConfig.Endpoint config = endpoint.getValue();
        return new Receiver(
                endpoint.getKey(),
                url(uris, setting + ".url", config.url()),
                WebhookSecret.parse(setting + ".secret", config.secret()),
                Set.copyOf(config.events()),
                config.tenant().orElse(null));
    }

    private static URI url(OutboundUri uris, String setting, String text) {
        try {
            return uris.parse(text);
        } catch (OutboundException.Forbidden e) {
            throw new IllegalArgumentException(setting + ": " + e.getMessage(), e);
        }
    }
}
