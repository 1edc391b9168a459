package io.wanstreams.gateway.webhook;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One line of {@code wan.webhooks}, keyed by job. One that does not fit what came before is ignored. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "what")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DeliveryRecord.Queued.class, name = "queued"),
    @JsonSubTypes.Type(value = DeliveryRecord.Attempted.class, name = "attempted"),
    @JsonSubTypes.Type(value = DeliveryRecord.Ended.class, name = "ended")
})
sealed interface DeliveryRecord {

    /** The event's id. */
    String event();

    /** Name of the receiver, or {@link #CALLBACK}. */
    String receiver();

    /** Stands for the URL that came with the request. */
    String CALLBACK = "@callback";

    /**
     * To be delivered.
     *
     * @param url of a callback, or null for a receiver of the settings
     * @param body the very bytes that are signed, as text
     */
    record Queued(String event, String receiver, @Nullable String url, String type, String body)
            implements DeliveryRecord {}

    /**
     * Tried in vain.
     *
     * @param attempts how many attempts there were
     * @param next when to try again
     * @param reason why it failed, in a few words
     */
    record Attempted(String event, String receiver, int attempts, Instant next, String reason)
            implements DeliveryRecord {}

    /** Nothing more to do. {@code outcome} is delivered, abandoned or superseded. */
    record Ended(String event, String receiver, String outcome) implements DeliveryRecord {}
}
