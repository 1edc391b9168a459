package io.wanstreams.gateway.webhook;

import io.vertx.core.Vertx;
import io.wanstreams.gateway.net.OutboundHttp;
import io.wanstreams.gateway.net.OutboundUri;
import io.wanstreams.gateway.net.PublicAddresses;
import io.wanstreams.gateway.results.GroupMember;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.TransportException;
import io.wanstreams.transport.ticket.DeadLetters;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A gateway's delivering, from start to end. */
public final class WebhookLoop {

    private static final Logger log = LoggerFactory.getLogger(WebhookLoop.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private WebhookLoop() {}

    /**
     * The member of the group of all gateways that delivers.
     *
     * @param group of the gateways
     * @param gateway this gateway's name, different for each
     * @param clock says when an attempt is due, and what the time of a signature is
     */
    public static GroupMember member(
            KafkaClients clients,
            Vertx vertx,
            String group,
            String gateway,
            WebhookSettings settings,
            InstantSource clock) {
        return new GroupMember(
                clients, group, gateway, POLL, consumer -> new Delivering(clients, consumer, vertx, settings, clock));
    }

    private static final class Delivering implements GroupMember.Term {

        private final Producer<String, byte[]> producer;
        private final DeadLetters deadLetters;
        private final OutboundHttp http;
        private final DeliveryShift shift;

        Delivering(
                KafkaClients clients,
                Consumer<String, byte[]> consumer,
                Vertx vertx,
                WebhookSettings settings,
                InstantSource clock) {
            this.producer = clients.eventProducer("wan-webhooks");
            this.deadLetters = new DeadLetters(clients);
            this.http = new OutboundHttp(vertx, new PublicAddresses(settings.allowed()));
            Caller caller = new HttpCaller(http, new OutboundUri(settings.plainHttp()), settings, clock);
            this.shift = new DeliveryShift(consumer, producer, deadLetters, caller, settings, clock);
        }

        @Override
        public void step(Duration wait) {
            shift.step(wait);
        }

        @Override
        public void close() {
            try {
                shift.settle();
            } catch (TransportException e) {
                log.atDebug().setCause(e).log("Attempts are made again by whoever comes next");
            }
            http.close();
            deadLetters.close();
            producer.close(Duration.ofSeconds(1));
        }
    }
}
