package io.wanstreams.denoise;

import io.wanstreams.contracts.job.StageName;
import io.wanstreams.denoise.device.DeviceRegistry;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.preview.PreviewMaps;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.KafkaSettings;
import io.wanstreams.transport.bundle.BundleStore;
import io.wanstreams.transport.bundle.KafkaBundleStore;
import io.wanstreams.transport.service.Provisioning;
import io.wanstreams.transport.service.RunningService;
import io.wanstreams.transport.service.ServedModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The service's workers: one per stage. */
final class DenoiseWorkers implements RunningService {

    private final List<ExpertWorker> workers;
    private final KafkaClients clients;
    private final BundleStore bundles;

    private DenoiseWorkers(List<ExpertWorker> workers, KafkaClients clients, BundleStore bundles) {
        this.workers = List.copyOf(workers);
        this.clients = clients;
        this.bundles = bundles;
    }

    /** Loads the experts, then connects. What is wrong with settings or checkpoint is said in the exception's message. */
    static DenoiseWorkers start(DenoiseConfig config, Map<String, Path> models, KafkaSettings kafka)
            throws InterruptedException {
        ServedModel model = ServedModel.of(config.model(), models, "wan.denoise.model");
        Checkpoint checkpoint = Checkpoint.open(model.path(), config.cacheDir());
        List<StageName> stages = stages(config, checkpoint);
        List<ExpertWorker> workers = load(config, model, checkpoint, stages);
        try {
            KafkaClients clients = new KafkaClients(kafka);
            BundleStore bundles = new KafkaBundleStore(clients);
            DenoiseWorkers all = new DenoiseWorkers(workers, clients, bundles);
            Provisioning.run(config.provision(), clients, Map.of(model.name(), model.route()));
            PreviewRule previews = previews(config, checkpoint);
            workers.forEach(worker -> worker.start(config, model, previews, clients, bundles));
            return all;
        } catch (RuntimeException | InterruptedException e) {
            workers.forEach(ExpertWorker::close);
            throw e;
        }
    }

    /** One map for all experts. One thread makes it, so that it takes little from those who compute. */
    private static PreviewRule previews(DenoiseConfig config, Checkpoint checkpoint) {
        if (!config.preview().enabled()) {
            return PreviewRule.NEVER;
        }
        SessionSettings settings = SessionSettings.defaults().threads(1);
        return new PreviewRule(
                new PreviewSource(() -> PreviewMaps.of(checkpoint, settings)),
                config.preview().every());
    }

    private static List<ExpertWorker> load(
            DenoiseConfig config, ServedModel model, Checkpoint checkpoint, List<StageName> stages) {
        DeviceRegistry registry = new DeviceRegistry(config.deviceLockDir(), config.deviceShared());
        List<ExpertWorker> workers = new ArrayList<>();
        try {
            for (StageName stage : stages) {
                workers.add(ExpertWorker.load(config, model, checkpoint, stage, registry));
            }
            return workers;
        } catch (RuntimeException e) {
            workers.forEach(ExpertWorker::close);
            throw e;
        }
    }

    /** The stages asked for, or all that the model has. */
    static List<StageName> stages(DenoiseConfig config, Checkpoint checkpoint) {
        List<StageName> own = (checkpoint.index().hasTwoExperts() ? StageName.TWO_EXPERTS : StageName.ONE_EXPERT)
                .stream().filter(StageName::isDenoise).toList();
        List<StageName> wanted = config.stages()
                .map(names -> names.stream().map(StageName::parse).distinct().toList())
                .orElse(own);
        if (wanted.isEmpty() || !own.containsAll(wanted)) {
            throw new IllegalArgumentException("wan.denoise.stages names " + wanted + ", the model in "
                    + checkpoint.directory() + " has " + own + ".");
        }
        return wanted;
    }

    /** Whether all take tickets, or work on one. */
    @Override
    public boolean isReady() {
        return workers.stream().allMatch(ExpertWorker::isReady);
    }

    /** Lets running stages end in order or yields their jobs, then frees experts and devices. */
    @Override
    public void close() {
        List<Thread> stopping = workers.stream()
                .map(worker -> new Thread(worker::stop, "wan-denoise-stop"))
                .toList();
        stopping.forEach(Thread::start);
        try {
            for (Thread thread : stopping) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workers.forEach(ExpertWorker::close);
        bundles.close();
        clients.close();
    }
}
