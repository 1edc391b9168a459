package io.wanstreams.gateway.dispatch;

import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.transport.TransportException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Since when no ticket of a topic has been open. Asked again at intervals; one look that sees an open ticket, or sees
 * nothing, starts the time anew.
 */
final class TicketWatch {

    private static final Logger log = LoggerFactory.getLogger(TicketWatch.class);

    /** @param noneOpenSince null while one is open or nothing is known */
    private record Look(long atNanos, @Nullable Long noneOpenSince) {}

    private final OpenTickets tickets;
    private final long intervalNanos;
    private final Map<String, Look> looks = new HashMap<>();

    TicketWatch(OpenTickets tickets, Duration interval) {
        this.tickets = tickets;
        this.intervalNanos = interval.toNanos();
    }

    OptionalLong noneOpenSince(StageName stage, String model, long now) {
        Look look = looks.compute(Topics.ticketTopic(stage, model), (topic, last) -> {
            if (last != null && now - last.atNanos() < intervalNanos) {
                return last;
            }
            // A topic that nobody asked about for long was not observed meanwhile.
            boolean isContinuous = last != null && now - last.atNanos() < 3 * intervalNanos;
            Long since = isContinuous ? last.noneOpenSince() : null;
            return new Look(now, isNoneOpen(stage, model, topic) ? (since == null ? Long.valueOf(now) : since) : null);
        });
        Long since = look.noneOpenSince();
        return since == null ? OptionalLong.empty() : OptionalLong.of(since);
    }

    void forget() {
        looks.clear();
    }

    private boolean isNoneOpen(StageName stage, String model, String topic) {
        try {
            return tickets.isNoneOpen(stage, model);
        } catch (TransportException e) {
            log.atWarn()
                    .addKeyValue("topic", topic)
                    .addKeyValue("error", e.getMessage())
                    .log("Open tickets not known");
            return false;
        }
    }
}
