package io.wanstreams.gateway.webhook;

import java.time.Instant;

/**
 * An event on its way to a receiver.
 *
 * @param job the record's key
 * @param queued what is delivered
 * @param partition where it stands
 * @param offset where it stands
 * @param attempts how often it was tried
 * @param due not before
 */
record Delivery(String job, DeliveryRecord.Queued queued, int partition, long offset, int attempts, Instant due) {

    /** Events of one job to one receiver are delivered in order. */
    record Lane(String job, String receiver) {}

    Lane lane() {
        return new Lane(job, queued.receiver());
    }

    /** Receivers are told apart by where they are, so that a slow one holds up only itself. */
    String place() {
        String url = queued.url();
        return url == null ? queued.receiver() : url;
    }

    boolean isProgress() {
        return queued.type().equals(WebhookEvent.PROGRESS);
    }

    Delivery after(DeliveryRecord.Attempted attempted) {
        return new Delivery(job, queued, partition, offset, attempted.attempts(), attempted.next());
    }
}
