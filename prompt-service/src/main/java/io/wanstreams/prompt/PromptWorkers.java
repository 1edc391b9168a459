package io.wanstreams.prompt;

import io.smallrye.reactive.messaging.connector.InboundConnector;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.KafkaSettings;
import io.wanstreams.transport.service.Provisioning;
import io.wanstreams.transport.service.RunningService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The prompt stages of all models that this process serves. */
final class PromptWorkers implements RunningService {

    private final KafkaClients clients;
    private final List<PromptWorker> workers = new ArrayList<>();

    private PromptWorkers(KafkaClients clients) {
        this.clients = clients;
    }

    /** Connects. What is wrong with the settings is said in the exception's message. */
    static PromptWorkers start(
            PromptConfig config, List<String> models, KafkaSettings kafka, InboundConnector connector)
            throws InterruptedException {
        PromptWorkers all = new PromptWorkers(new KafkaClients(kafka));
        try {
            Provisioning.run(config.provision(), all.clients, stages(models));
            for (String model : models) {
                all.workers.add(PromptWorker.start(all.clients, kafka, config, model, connector));
            }
            return all;
        } catch (RuntimeException | InterruptedException e) {
            all.close();
            throw e;
        }
    }

    /** The models asked for, or all that there are. */
    static List<String> models(PromptConfig config, Set<String> known) {
        List<String> models = config.models().orElseGet(() -> List.copyOf(new TreeSet<>(known)));
        if (models.isEmpty()) {
            throw new IllegalArgumentException(
                    "wan.prompt.models is not set: expected the names of the models to serve, comma-separated.");
        }
        return models;
    }

    private static Map<String, List<StageName>> stages(List<String> models) {
        Map<String, List<StageName>> stages = new TreeMap<>();
        models.forEach(model -> stages.put(model, List.of(StageName.PROMPT, StageName.ENCODE)));
        return stages;
    }

    /** The channels open at the start and wait for a broker that is away. */
    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void close() {
        workers.forEach(PromptWorker::close);
        clients.close();
    }
}
