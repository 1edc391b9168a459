package io.wanstreams.prompt;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.connector.InboundConnector;
import io.smallrye.reactive.messaging.kafka.KafkaConnector;
import io.wanstreams.transport.KafkaSettings;
import io.wanstreams.transport.TransportException;
import io.wanstreams.transport.topic.TopicMismatchException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the channels beside the HTTP server and stops them in order. */
@ApplicationScoped
public class PromptLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PromptLifecycle.class);
    private static final int FAILED = 1;

    private final PromptConfig config;
    private final PromptConfig.Models models;
    private final PromptConfig.Kafka kafka;
    private final Optional<String> bootstrapServers;
    private final InboundConnector connector;
    private final Thread starter = new Thread(this::start, "wan-prompt-start");
    private @Nullable PromptWorkers workers;
    private boolean stopping;

    PromptLifecycle(
            PromptConfig config,
            PromptConfig.Models models,
            PromptConfig.Kafka kafka,
            @ConfigProperty(name = "kafka.bootstrap.servers") Optional<String> bootstrapServers,
            @Connector(KafkaConnector.CONNECTOR_NAME) InboundConnector connector) {
        this.config = config;
        this.models = models;
        this.kafka = kafka;
        this.bootstrapServers = bootstrapServers;
        this.connector = connector;
    }

    void onStart(@Observes StartupEvent event) {
        if (config.enabled()) {
            starter.start();
        }
    }

    private void start() {
        try {
            KafkaSettings settings = new KafkaSettings(bootstrapServers.orElse(""), kafka.properties());
            keep(PromptWorkers.start(
                    config, PromptWorkers.models(config, models.paths().keySet()), settings, connector));
        } catch (InterruptedException e) {
            log.atInfo().log("Start interrupted");
        } catch (TransportException | TopicMismatchException | IllegalArgumentException e) {
            log.error("prompt-service cannot start: {}", e.getMessage());
            Quarkus.asyncExit(FAILED);
        } catch (RuntimeException | Error e) {
            // Without it the process would live on, never ready.
            log.atError().setCause(e).log("prompt-service cannot start");
            Quarkus.asyncExit(FAILED);
        }
    }

    private synchronized void keep(PromptWorkers started) {
        if (stopping) {
            started.close();
        } else {
            workers = started;
        }
    }

    void onStop(@Observes ShutdownEvent event) throws InterruptedException {
        synchronized (this) {
            stopping = true;
        }
        starter.interrupt();
        starter.join();
        PromptWorkers started = workers();
        if (started != null) {
            started.close();
        }
    }

    private synchronized @Nullable PromptWorkers workers() {
        return workers;
    }

    /** Whether the channels are open; true where the service is switched off. */
    boolean isReady() {
        return !config.enabled() || workers() != null;
    }
}
