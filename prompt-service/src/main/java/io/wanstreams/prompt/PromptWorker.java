package io.wanstreams.prompt;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.reactive.messaging.connector.InboundConnector;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.KafkaSettings;
import io.wanstreams.transport.bundle.BundleStore;
import io.wanstreams.transport.bundle.KafkaBundleStore;
import io.wanstreams.transport.progress.Heartbeats;
import io.wanstreams.transport.service.WorkerName;
import io.wanstreams.transport.stage.StageClaims;
import io.wanstreams.transport.stage.WorkerSettings;
import io.wanstreams.transport.ticket.DeadLetters;
import io.wanstreams.transport.ticket.TicketCheck;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The prompt stage of one model: a SmallRye channel and the desk that its tickets come to. */
final class PromptWorker implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PromptWorker.class);

    private final BundleStore bundles;
    private final Heartbeats heartbeats;
    private final DeadLetters deadLetters;
    private final StageClaims claims;
    private final TicketDesk desk;
    private final Cancellable channel;

    private PromptWorker(
            KafkaClients clients, KafkaSettings kafka, PromptConfig config, String model, InboundConnector connector) {
        WorkerSettings settings = WorkerSettings.of(
                        StageName.PROMPT,
                        model,
                        WorkerName.of(config.workerId(), StageName.PROMPT) + "/" + model,
                        Map.of("provider", PromptStage.NOBODY))
                .withGrace(config.grace());
        this.bundles = new KafkaBundleStore(clients);
        this.heartbeats = new Heartbeats(clients);
        this.deadLetters = new DeadLetters(clients);
        this.claims = new StageClaims(clients, bundles, heartbeats, deadLetters, settings);
        claims.open();
        this.desk = new TicketDesk(
                new TicketCheck(StageName.PROMPT, model),
                claims,
                deadLetters,
                new PromptStage(),
                threads(model, config.threads()),
                config);
        this.channel = Multi.createFrom()
                .publisher(connector.getPublisher(TicketChannel.config(
                        TicketChannel.attributes(model, kafka.bootstrapServers(), kafka.properties()))))
                .onItem()
                .transformToUni(this::handle)
                .merge(config.concurrency())
                .subscribe()
                .with(
                        done -> {},
                        failure -> log.atError()
                                .addKeyValue("channel", TicketChannel.name(model))
                                .setCause(failure)
                                .log("Channel ended"));
    }

    static PromptWorker start(
            KafkaClients clients, KafkaSettings kafka, PromptConfig config, String model, InboundConnector connector) {
        return new PromptWorker(clients, kafka, config, model, connector);
    }

    private static ExecutorService threads(String model, int count) {
        return Executors.newFixedThreadPool(count, work -> {
            Thread thread = new Thread(work, "wan-prompt-" + model);
            thread.setDaemon(true);
            return thread;
        });
    }

    private Uni<Void> handle(Message<?> message) {
        ConsumerRecord<?, byte[]> record = record(message);
        return desk.handle(record, message::ack);
    }

    @SuppressWarnings("unchecked") // the channel is given the deserializer of byte arrays
    private static ConsumerRecord<?, byte[]> record(Message<?> message) {
        IncomingKafkaRecordMetadata<?, byte[]> metadata =
                message.getMetadata(IncomingKafkaRecordMetadata.class).orElseThrow();
        return metadata.getRecord();
    }

    /** No more tickets; what is under way ends within the grace period, the rest is yielded. */
    @Override
    public void close() {
        channel.cancel();
        desk.close();
        claims.close();
        deadLetters.close();
        heartbeats.close();
        bundles.close();
    }
}
