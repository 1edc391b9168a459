package io.wanstreams.encoder;

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
public class EncoderLifecycle {

    private static final Logger log = LoggerFactory.getLogger(EncoderLifecycle.class);
    private static final int FAILED = 1;

    private final EncoderConfig config;
    private final EncoderConfig.Models models;
    private final EncoderConfig.Kafka kafka;
    private final Optional<String> bootstrapServers;
    private final Thread starter = new Thread(this::start, "wan-encoder-start");
    private @Nullable EncoderWorker worker;
    private boolean stopping;

    EncoderLifecycle(
            EncoderConfig config,
            EncoderConfig.Models models,
            EncoderConfig.Kafka kafka,
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
            keep(EncoderWorker.start(config, models.paths(), settings));
        } catch (InterruptedException e) {
            log.atInfo().log("Start interrupted");
        } catch (RuntimeException | Error e) {
            // Without it the process would live on, never ready.
            StartFailure.report(log, "encoder-service", e);
            Quarkus.asyncExit(FAILED);
        }
    }

    private synchronized void keep(EncoderWorker started) {
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
        EncoderWorker started = worker();
        if (started != null) {
            started.close();
        }
    }

    private synchronized @Nullable EncoderWorker worker() {
        return worker;
    }

    /** Whether the model is loaded and the worker takes tickets; true where the service is switched off. */
    boolean isReady() {
        EncoderWorker started = worker();
        return !config.enabled() || (started != null && started.isReady());
    }
}
