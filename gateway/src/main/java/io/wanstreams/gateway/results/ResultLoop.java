package io.wanstreams.gateway.results;

import io.wanstreams.transport.KafkaClients;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;

/** A gateway's announcing, from start to end. */
public final class ResultLoop {

    private static final Duration POLL = Duration.ofMillis(500);

    private ResultLoop() {}

    /**
     * The member of the group of all gateways that announces.
     *
     * @param group of the gateways
     * @param gateway this gateway's name, different for each
     */
    public static GroupMember member(KafkaClients clients, String group, String gateway, List<Announcer> announcers) {
        String transactionalId = group + "-" + GroupMember.memberName(gateway);
        return new GroupMember(clients, group, gateway, POLL, consumer -> {
            Producer<String, byte[]> producer = clients.transactionalProducer(transactionalId);
            try {
                ResultTerm term = new ResultTerm(consumer, producer, announcers);
                return new Announcing(term, producer);
            } catch (RuntimeException e) {
                producer.close(Duration.ZERO);
                throw e;
            }
        });
    }

    private record Announcing(ResultTerm term, Producer<String, byte[]> producer) implements GroupMember.Term {

        @Override
        public void step(Duration wait) {
            int unused = term.step(wait);
        }

        /** What is open is aborted by the next producer of this id. */
        @Override
        public void close() {
            producer.close(Duration.ZERO);
        }
    }
}
