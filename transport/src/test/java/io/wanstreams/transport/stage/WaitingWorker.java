package io.wanstreams.transport.stage;

import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.KafkaSettings;
import io.wanstreams.transport.bundle.KafkaBundleStore;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A process with one worker, whose stage says that it works and ends when its input does. It never asks who wants it. */
final class WaitingWorker {

    private WaitingWorker() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        CountDownLatch inputEnded = new CountDownLatch(1);
        try (KafkaClients clients = new KafkaClients(KafkaSettings.of(arguments[0]));
                KafkaBundleStore bundles = new KafkaBundleStore(clients)) {
            StageRunner unused = StageRunner.start(
                    clients,
                    bundles,
                    WorkerSettings.of(StageName.ENCODE, arguments[1], "sleeper/" + arguments[1], Map.of()),
                    run -> {
                        System.out.println("works on " + run.job().id());
                        inputEnded.await();
                        return new StageOutput(StageOutputs.ofText(Map.of("result", "sleeper")), Duration.ZERO);
                    });
            System.in.transferTo(OutputStream.nullOutputStream());
            inputEnded.countDown();
            Thread.currentThread().join();
        }
    }
}
