package io.wanstreams.transport.service;

import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.KafkaSettings;
import io.wanstreams.transport.bundle.BundleStore;
import io.wanstreams.transport.bundle.KafkaBundleStore;
import io.wanstreams.transport.stage.Stage;
import io.wanstreams.transport.stage.StageRunner;
import io.wanstreams.transport.stage.WorkerSettings;
import java.util.Map;

/** A service of one worker: one stage with its network loaded, on clients and bundles of its own. */
public final class StageService implements RunningService {

    private final KafkaClients clients;
    private final BundleStore bundles;
    private final StageRunner runner;
    private final Runnable freeNetwork;

    private StageService(KafkaClients clients, BundleStore bundles, StageRunner runner, Runnable freeNetwork) {
        this.clients = clients;
        this.bundles = bundles;
        this.runner = runner;
        this.freeNetwork = freeNetwork;
    }

    /**
     * Connects, makes the topics where the settings say so, and begins to take tickets.
     *
     * @param provision {@code wan.topics.provision}
     * @param model whose jobs' topics are made
     * @param freeNetwork runs when the worker has ended, and when it cannot start
     */
    public static StageService start(
            KafkaSettings kafka,
            String provision,
            ServedModel model,
            WorkerSettings settings,
            Stage stage,
            Runnable freeNetwork)
            throws InterruptedException {
        KafkaClients clients = new KafkaClients(kafka);
        try {
            Provisioning.run(provision, clients, Map.of(model.name(), model.route()));
            BundleStore bundles = new KafkaBundleStore(clients);
            StageRunner runner = StageRunner.start(clients, bundles, settings, stage);
            return new StageService(clients, bundles, runner, freeNetwork);
        } catch (RuntimeException | InterruptedException e) {
            clients.close();
            freeNetwork.run();
            throw e;
        }
    }

    @Override
    public boolean isReady() {
        return runner.isReady();
    }

    @Override
    public void close() {
        runner.close();
        bundles.close();
        clients.close();
        freeNetwork.run();
    }
}
