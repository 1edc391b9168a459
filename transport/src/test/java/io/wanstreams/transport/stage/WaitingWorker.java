package io.wanstreams.transport.stage;

import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.KafkaSettings;
import io.wanstreams.transport.bundle.KafkaBundleStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A process with one worker, whose stage says that it works and ends when a file is there. It never asks who wants it. */
final class WaitingWorker {

    private WaitingWorker() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        Path end = Path.of(arguments[2]);
        try (KafkaClients clients = new KafkaClients(KafkaSettings.of(arguments[0]));
                KafkaBundleStore bundles = new KafkaBundleStore(clients)) {
            StageRunner unused = StageRunner.start(
                    clients,
                    bundles,
                    WorkerSettings.of(StageName.ENCODE, arguments[1], "sleeper/" + arguments[1], Map.of()),
                    run -> {
                        System.out.println("works on " + run.job().id());
                        while (!Files.exists(end)) {
                            Thread.sleep(20);
                        }
                        return new StageOutput(StageOutputs.ofText(Map.of("result", "sleeper")), Duration.ZERO);
                    });
            Thread.currentThread().join();
        }
    }
}
