package io.wanstreams.gateway.webhook;

import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.json.ContractJson;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.gateway.results.Announcer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Queues the event of a fact for everybody who wants it. */
public final class WebhookAnnouncer implements Announcer {

    private final List<Receiver> receivers;

    public WebhookAnnouncer(List<Receiver> receivers) {
        this.receivers = List.copyOf(receivers);
    }

    @Override
    public List<ProducerRecord<String, byte[]>> announce(Job job) {
        List<ProducerRecord<String, byte[]>> queued = new ArrayList<>();
        WebhookEvent.of(job).ifPresent(event -> {
            for (Receiver receiver : receivers) {
                if (receiver.wants(event.type(), job.tenant())) {
                    queued.add(message(job, event, receiver.name(), null));
                }
            }
            String callback = job.origin().callbackUrl();
            if (callback != null && !event.type().equals(WebhookEvent.PROGRESS)) {
                queued.add(message(job, event, DeliveryRecord.CALLBACK, callback));
            }
        });
        return queued;
    }

    private static ProducerRecord<String, byte[]> message(
            Job job, WebhookEvent event, String receiver, @org.jspecify.annotations.Nullable String url) {
        String body = new String(ContractJson.write(event), StandardCharsets.UTF_8);
        DeliveryRecord queued = new DeliveryRecord.Queued(event.id(), receiver, url, event.type(), body);
        return record(job.id().toString(), queued);
    }

    /** A line for the topic. */
    static ProducerRecord<String, byte[]> record(String job, DeliveryRecord line) {
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(Topics.WEBHOOKS, job, DeliveryJson.write(line));
        message.headers().add("content-type", "application/json".getBytes(StandardCharsets.UTF_8));
        return message;
    }
}
