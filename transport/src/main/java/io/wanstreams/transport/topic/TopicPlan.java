package io.wanstreams.transport.topic;

import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.request.ModelProfile;
import io.wanstreams.contracts.topic.TopicSpec;
import io.wanstreams.contracts.topic.Topics;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which topics there must be.
 *
 * @param profile how many partitions and replicas
 * @param stages of each model that is served, by the model's name
 */
public record TopicPlan(Profile profile, Map<String, List<StageName>> stages) {

    /** How large the installation is. */
    public enum Profile {
        /** One broker, one machine. */
        LOCAL(1),
        /** Three replicas, two of them in sync before an append counts. */
        CLUSTER(3);

        private final int replicas;

        Profile(int replicas) {
            this.replicas = replicas;
        }

        int replicas() {
            return replicas;
        }

        int partitions(TopicSpec spec) {
            return this == LOCAL ? spec.localPartitions() : spec.clusterPartitions();
        }
    }

    public TopicPlan {
        stages = Map.copyOf(new TreeMap<>(stages));
        stages.keySet().forEach(ModelProfile::checkName);
    }

    /** The topics of these models. */
    public static TopicPlan of(Profile profile, Collection<ModelProfile> models) {
        Map<String, List<StageName>> stages = new TreeMap<>();
        models.forEach(model -> stages.put(model.name(), model.route()));
        return new TopicPlan(profile, stages);
    }

    /** All topics of the plan. */
    List<TopicSpec> topics() {
        return Stream.concat(
                        Topics.fixed().stream(),
                        stages.entrySet().stream()
                                .flatMap(model ->
                                        model.getValue().stream().map(stage -> Topics.tickets(stage, model.getKey()))))
                .toList();
    }

    /** Names of the share groups, which are also the names of their topics; the prompt stage has an ordinary group. */
    List<String> shareGroups() {
        return stages.entrySet().stream()
                .flatMap(model -> model.getValue().stream()
                        .filter(stage -> stage != StageName.PROMPT)
                        .map(stage -> Topics.ticketTopic(stage, model.getKey())))
                .toList();
    }
}
