package io.wanstreams.local;

import io.wanstreams.cli.SystemStarter.RunningSystem;
import io.wanstreams.cli.client.OneSentence;
import io.wanstreams.cli.client.VideosException;
import io.wanstreams.contracts.request.ModelProfile;
import io.wanstreams.kafka.embedded.BrokerSettings;
import io.wanstreams.kafka.embedded.EmbeddedKafka;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A whole system in this process. It ends when it is closed or the process is told to stop: the services first, the broker
 * after them, so that their last words find it alive.
 */
final class LocalSystem implements RunningSystem {

    private final LocalSettings settings;
    private final String modelName;
    private final EmbeddedKafka broker;
    private final ServiceProcess services;
    private final Runnable afterEnd;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LocalSystem(
            LocalSettings settings,
            String modelName,
            EmbeddedKafka broker,
            ServiceProcess services,
            Runnable afterEnd) {
        this.settings = settings;
        this.modelName = modelName;
        this.broker = broker;
        this.services = services;
        this.afterEnd = afterEnd;
    }

    /**
     * Starts everything and returns when it is ready for jobs.
     *
     * @param onFailure told in one sentence that the running broker is gone for good
     * @param afterEnd run once when everything has stopped
     * @throws RuntimeException whose sentence {@link StartFailure} finds
     */
    static LocalSystem start(LocalSettings settings, Consumer<String> onFailure, Runnable afterEnd) {
        refuseTakenPort(settings);
        String name = ModelName.of(settings.model());
        ModelProfile profile = ModelCheck.read(name, settings.model());
        createLogDirectory(settings.log());
        EmbeddedKafka broker = EmbeddedKafka.start(BrokerSettings.in(settings.kafka())
                .withPort(settings.kafkaPort())
                .withOnFailure(onFailure));
        try {
            Provisioning provisioning = Provisioning.begin(broker.bootstrapServers(), profile);
            ServiceConfig.of(settings, name, broker.bootstrapServers()).apply();
            LocalSystem system = new LocalSystem(settings, name, broker, ServiceProcess.start(), afterEnd);
            Runtime.getRuntime().addShutdownHook(new Thread(system::close, "wan-stop"));
            system.awaitReady(provisioning);
            return system;
        } catch (InterruptedException e) {
            broker.close();
            Thread.currentThread().interrupt();
            throw new VideosException("Interrupted while starting", e);
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    @Override
    public URI url() {
        return URI.create("http://" + settings.host() + ":" + settings.httpPort());
    }

    @Override
    public Path model() {
        return settings.model();
    }

    @Override
    public String modelName() {
        return modelName;
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    Path log() {
        return settings.log();
    }

    void awaitEnd() throws InterruptedException {
        services.awaitEnd();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            services.stop();
            broker.close();
            afterEnd.run();
        }
    }

    private void awaitReady(Provisioning provisioning) throws InterruptedException {
        try {
            services.awaitReady(url());
            provisioning.await();
        } catch (InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Found out before the broker starts; the services would find out last. */
    private static void refuseTakenPort(LocalSettings settings) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(settings.host(), settings.httpPort()));
        } catch (IOException | RuntimeException e) {
            throw new VideosException(
                    "Cannot listen on port " + settings.httpPort() + " of " + settings.host() + " (" + OneSentence.of(e)
                            + "); stop the program that listens there, or choose another with --port",
                    e);
        }
    }

    private static void createLogDirectory(Path log) {
        try {
            Files.createDirectories(log.getParent());
            if (!Files.isWritable(log.getParent()) || (Files.exists(log) && !Files.isWritable(log))) {
                throw new IOException("no permission for " + log);
            }
        } catch (IOException e) {
            throw new VideosException(
                    "Cannot write the log " + log + ": " + OneSentence.of(e) + "; choose another directory with --data",
                    e);
        }
    }
}
