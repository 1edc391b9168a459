package io.wanstreams.prompt;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.connector.InboundConnector;
import io.smallrye.reactive.messaging.kafka.KafkaConnector;
import io.wanstreams.transport.KafkaSettings;
import io.wanstreams.transport.service.RunningService;
import io.wanstreams.transport.service.ServiceLifecycle;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

/** Starts the channels beside the HTTP server and stops them in order. */
@ApplicationScoped
public class PromptLifecycle {

    private static final int FAILED = 1;

    private final PromptConfig config;
    private final PromptConfig.Models models;
    private final PromptConfig.Kafka kafka;
    private final Optional<String> bootstrapServers;
    private final InboundConnector connector;
    private final ServiceLifecycle lifecycle;

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
        this.lifecycle = new ServiceLifecycle("prompt-service", Set.of(), this::start, () -> Quarkus.asyncExit(FAILED));
    }

    void onStart(@Observes StartupEvent event) {
        if (config.enabled()) {
            lifecycle.start();
        }
    }

    private RunningService start() throws InterruptedException {
        KafkaSettings settings = new KafkaSettings(bootstrapServers.orElse(""), kafka.properties());
        return PromptWorkers.start(
                config, PromptWorkers.models(config, models.paths().keySet()), settings, connector);
    }

    void onStop(@Observes ShutdownEvent event) throws InterruptedException {
        lifecycle.stop();
    }

    /** Whether the channels are open; true where the service is switched off. */
    boolean isReady() {
        return !config.enabled() || lifecycle.isReady();
    }
}
