package io.wanstreams.transport.ticket;

import io.wanstreams.contracts.ticket.Ticket;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A ticket in hand, until it is accepted or the broker's lock on it ends.
 *
 * @param message the record it came in
 * @param takenAtNanos when it came, on this machine's monotonic clock
 */
public record TicketLease(Ticket ticket, ConsumerRecord<byte[], byte[]> message, long takenAtNanos) {}
