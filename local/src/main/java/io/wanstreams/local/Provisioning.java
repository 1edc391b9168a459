package io.wanstreams.local;

import io.wanstreams.contracts.request.ModelProfile;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.KafkaSettings;
import io.wanstreams.transport.topic.TopicPlan;
import io.wanstreams.transport.topic.TopicProvisioner;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Makes a broker ready for the services: the topics at once, the places of the share groups beside their start, because a new broker
 * spends seconds on the first of them, waiting.
 */
final class Provisioning {

    private final FutureTask<Void> places;

    private Provisioning(FutureTask<Void> places) {
        this.places = places;
    }

    /** Returns when the topics are there. */
    static Provisioning begin(String bootstrapServers, ModelProfile profile) throws InterruptedException {
        TopicPlan plan = TopicPlan.of(TopicPlan.Profile.LOCAL, List.of(profile));
        KafkaClients clients = new KafkaClients(KafkaSettings.of(bootstrapServers));
        try {
            TopicProvisioner provisioner = new TopicProvisioner(clients);
            provisioner.createTopics(plan);
            FutureTask<Void> places = new FutureTask<>(() -> {
                try (clients) {
                    provisioner.placeShareGroups(plan);
                }
                return null;
            });
            Thread thread = new Thread(places, "wan-share-groups");
            thread.setDaemon(true);
            thread.start();
            return new Provisioning(places);
        } catch (InterruptedException | RuntimeException e) {
            clients.close();
            throw e;
        }
    }

    /** Waits until the groups have their places; the provisioner's own deadlines bound it. */
    void await() throws InterruptedException {
        try {
            places.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }
}
