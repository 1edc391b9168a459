package io.wanstreams.denoise;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.wanstreams.transport.KafkaSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the worker beside the HTTP server, so that health can be asked while the model loads, and stops it in order. */
@ApplicationScoped
public class DenoiseLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DenoiseLifecycle.class);
    private static final int FAILED = 1;

    private final DenoiseConfig config;
    private final DenoiseConfig.Models models;
    private final DenoiseConfig.Kafka kafka;
    private final Optional<String> bootstrapServers;
    private final Thread starter = new Thread(this::start, "wan-denoise-start");
    private @Nullable DenoiseWorkers worker;
    private boolean stopping;

    DenoiseLifecycle(
            DenoiseConfig config,
            DenoiseConfig.Models models,
            DenoiseConfig.Kafka kafka,
            @ConfigProperty(name = "kafka.bootstrap.servers") Optional<String> bootstrapServers) {
        this.config = config;
        this.models = models;
        this.kafka = kafka;
        this.bootstrapServers = bootstrapServers;
    }

    void onStart(@Observes StartupEvent event) {
        if (config.enabled()) {
            starter.start();
        }
    }

    private void start() {
        try {
            KafkaSettings settings = new KafkaSettings(bootstrapServers.orElse(""), kafka.properties());
            keep(DenoiseWorkers.start(config, models.paths(), settings));
        } catch (InterruptedException e) {
            log.atInfo().log("Start interrupted");
        } catch (RuntimeException | Error e) {
            // Without it the process would live on, never ready.
            StartFailure.report(log, "denoise-service", e);
            Quarkus.asyncExit(FAILED);
        }
    }

    private synchronized void keep(DenoiseWorkers started) {
        if (stopping) {
            started.close();
        } else {
            worker = started;
        }
    }

    void onStop(@Observes ShutdownEvent event) throws InterruptedException {
        synchronized (this) {
            stopping = true;
        }
        starter.interrupt();
        starter.join();
        DenoiseWorkers started = worker();
        if (started != null) {
            started.close();
        }
    }

    private synchronized @Nullable DenoiseWorkers worker() {
        return worker;
    }

    /** Whether the model is loaded and the worker takes tickets; true where the service is switched off. */
    boolean isReady() {
        DenoiseWorkers started = worker();
        return !config.enabled() || (started != null && started.isReady());
    }
}
