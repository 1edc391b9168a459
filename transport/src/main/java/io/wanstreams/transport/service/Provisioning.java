package io.wanstreams.transport.service;

import io.wanstreams.contracts.job.StageName;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.topic.TopicPlan;
import io.wanstreams.transport.topic.TopicPlan.Profile;
import io.wanstreams.transport.topic.TopicProvisioner;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the topics that a service needs, where its settings say so: also those of the next stage, whose tickets it writes.
 */
public final class Provisioning {

    private Provisioning() {}

    /**
     * Makes what is missing.
     *
     * @param setting {@code wan.topics.provision}
     * @param stages of each model that is served
     * @throws IllegalArgumentException for another setting than {@code none}, {@code local} and {@code cluster}
     * @throws io.wanstreams.transport.topic.TopicMismatchException when a topic exists and differs in what matters
     * @throws io.wanstreams.transport.TransportException when the broker does not answer in time
     */
    public static void run(String setting, KafkaClients clients, Map<String, List<StageName>> stages)
            throws InterruptedException {
        Optional<Profile> profile = profile(setting);
        if (profile.isPresent()) {
            new TopicProvisioner(clients).provision(new TopicPlan(profile.get(), stages));
        }
    }

    /** Empty for {@code none}. */
    static Optional<Profile> profile(String setting) {
        return switch (setting) {
            case "none" -> Optional.empty();
            case "local" -> Optional.of(Profile.LOCAL);
            case "cluster" -> Optional.of(Profile.CLUSTER);
            default ->
                throw new IllegalArgumentException(
                        "wan.topics.provision is none, local or cluster, found '" + setting + "'.");
        };
    }
}
