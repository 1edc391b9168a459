package io.wanstreams.transport.ticket;

import io.wanstreams.contracts.job.StageName;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.KafkaSettings;
import java.util.Optional;

/** A process that takes a ticket, says so and holds it until it is killed. */
final class TicketHolder {

    private TicketHolder() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        try (KafkaClients clients = new KafkaClients(KafkaSettings.of(arguments[0]));
                DeadLetters deadLetters = new DeadLetters(clients);
                TicketQueue queue = new TicketQueue(clients, StageName.ENCODE, arguments[1], deadLetters)) {
            Optional<TicketLease> lease = queue.poll();
            while (lease.isEmpty()) {
                lease = queue.poll();
            }
            System.out.println("holds " + lease.get().ticket().job().id());
            Thread.currentThread().join();
        }
    }
}
