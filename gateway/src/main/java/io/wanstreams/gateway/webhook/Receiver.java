package io.wanstreams.gateway.webhook;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is called.
 *
 * @param name of the endpoint in the settings
 * @param events types of the events that it wants
 * @param tenant whose jobs, or null for everybody's
 */
public record Receiver(
        String name,
        URI url,
        WebhookSecret secret,
        Set<String> events,
        @Nullable String tenant) {

    public Receiver {
        events = Set.copyOf(events);
        for (String event : events) {
            if (!WebhookEvent.TYPES.contains(event)) {
                throw new IllegalArgumentException("wan.webhooks.endpoints." + name + ".events are "
                        + String.join(", ", WebhookEvent.TYPES) + ", found '" + event + "'");
            }
        }
    }

    boolean wants(String event, String jobTenant) {
        return events.contains(event) && (tenant == null || tenant.equals(jobTenant));
    }
}
