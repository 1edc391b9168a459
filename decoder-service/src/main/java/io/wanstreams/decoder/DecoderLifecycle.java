package io.wanstreams.decoder;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.wanstreams.inference.checkpoint.CheckpointException;
import io.wanstreams.inference.memory.NotEnoughMemoryException;
import io.wanstreams.inference.session.InferenceException;
import io.wanstreams.transport.KafkaSettings;
import io.wanstreams.transport.service.RunningService;
import io.wanstreams.transport.service.ServiceLifecycle;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Starts the worker beside the HTTP server and stops it in order. */
@ApplicationScoped
public class DecoderLifecycle {

    private static final int FAILED = 1;

    private final DecoderConfig config;
    private final DecoderConfig.Models models;
    private final DecoderConfig.Kafka kafka;
    private final Optional<String> bootstrapServers;
    private final ServiceLifecycle lifecycle;

    DecoderLifecycle(
            DecoderConfig config,
            DecoderConfig.Models models,
            DecoderConfig.Kafka kafka,
            @ConfigProperty(name = "kafka.bootstrap.servers") Optional<String> bootstrapServers) {
        this.config = config;
        this.models = models;
        this.kafka = kafka;
        this.bootstrapServers = bootstrapServers;
        this.lifecycle = new ServiceLifecycle(
                "decoder-service",
                Set.of(CheckpointException.class, InferenceException.class, NotEnoughMemoryException.class),
                this::start,
                () -> Quarkus.asyncExit(FAILED));
    }

    void onStart(@Observes StartupEvent event) {
        if (config.enabled()) {
            lifecycle.start();
        }
    }

    private RunningService start() throws InterruptedException {
        KafkaSettings settings = new KafkaSettings(bootstrapServers.orElse(""), kafka.properties());
        return DecoderWorker.start(config, models.paths(), settings);
    }

    void onStop(@Observes ShutdownEvent event) throws InterruptedException {
        lifecycle.stop();
    }

    /** Whether the model is loaded and the worker takes tickets; true where the service is switched off. */
    boolean isReady() {
        return !config.enabled() || lifecycle.isReady();
    }
}
