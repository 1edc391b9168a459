package io.wanstreams.kafka.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka broker in this JVM: KRaft, plaintext on the loopback interface, share groups and transactions with one replica, no automatic topics.
 *
 * <p>Its data directory survives clean stops and kills. {@link #start} either returns a broker that answers, or throws an
 * {@link EmbeddedKafkaException} with one sentence that says what to do; nothing here ends the JVM.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedKafka.class);
    /** Somebody may take a free port between the look and the start. */
    private static final int FREE_PORT_ATTEMPTS = 3;

    private final KafkaRaftServer server;
    private final DataDirectory directory;
    private final int port;
    private final Consumer<String> exitListener;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedKafka(KafkaRaftServer server, DataDirectory directory, int port, Consumer<String> exitListener) {
        this.server = server;
        this.directory = directory;
        this.port = port;
        this.exitListener = exitListener;
    }

    /** Starts a broker and waits until it serves clients. */
    public static EmbeddedKafka start(BrokerSettings settings) {
        QuietLogging.apply();
        DataDirectory directory = DataDirectory.open(settings.dataDirectory(), settings.minimumFreeBytes());
        try {
            return startIn(directory, settings);
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** Where clients connect: {@code localhost:<port>}. */
    public String bootstrapServers() {
        return BrokerProperties.HOST + ":" + port;
    }

    /** Stops the broker and frees the data directory; the data stays. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            KafkaExit.forget(exitListener);
            stop(server);
            directory.close();
        }
    }

    private static EmbeddedKafka startIn(DataDirectory directory, BrokerSettings settings) {
        if (settings.port() != 0) {
            Ports.refuseTaken(settings.port());
            return startOn(settings.port(), directory, settings);
        }
        for (int attempt = 1; ; attempt++) {
            int port = Ports.free();
            try {
                return startOn(port, directory, settings);
            } catch (EmbeddedKafkaException e) {
                if (attempt == FREE_PORT_ATTEMPTS || !isBindFailure(e)) {
                    throw e;
                }
                log.atInfo().addKeyValue("port", port).log("Free port was taken meanwhile, trying another");
            }
        }
    }

    private static EmbeddedKafka startOn(int port, DataDirectory directory, BrokerSettings settings) {
        CompletableFuture<KafkaRaftServer> started = new CompletableFuture<>();
        Consumer<String> exitListener = message -> {
            if (!started.completeExceptionally(new EmbeddedKafkaException(message))) {
                settings.onFailure().accept(message);
            }
        };
        KafkaExit.listen(exitListener);
        try {
            Properties properties = BrokerProperties.of(directory, port, Ports.free(), settings.detours());
            format(directory);
            KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
            // On a thread of its own: a fault that would have ended the JVM can leave startup() waiting for ever.
            Thread thread = new Thread(() -> startUp(server, started), "embedded-kafka-start");
            thread.setDaemon(true);
            thread.start();
            return new EmbeddedKafka(await(started, server, settings), directory, port, exitListener);
        } catch (Exception e) {
            KafkaExit.forget(exitListener);
            throw e instanceof EmbeddedKafkaException known ? known : failure(directory, e);
        }
    }

    private static void startUp(KafkaRaftServer server, CompletableFuture<KafkaRaftServer> started) {
        try {
            server.startup();
            if (!started.complete(server)) {
                stop(server);
            }
        } catch (Throwable e) {
            started.completeExceptionally(e);
        }
    }

    private static KafkaRaftServer await(
            CompletableFuture<KafkaRaftServer> started, KafkaRaftServer server, BrokerSettings settings)
            throws Exception {
        try {
            return started.get(settings.startTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new EmbeddedKafkaException(
                    "The embedded Kafka broker did not start within "
                            + settings.startTimeout().toSeconds() + " s; see the log, and look for a very busy machine",
                    e);
        } catch (ExecutionException e) {
            stop(server);
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static void format(DataDirectory directory) throws Exception {
        if (Files.exists(directory.log().resolve("meta.properties"))) {
            return;
        }
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(BrokerProperties.NODE_ID)
                .setClusterId(directory.clusterId())
                .addDirectory(directory.log().toString())
                .setMetadataLogDirectory(directory.log().toString())
                .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
                .setIgnoreFormatted(true)
                .run();
    }

    private static void stop(KafkaRaftServer server) {
        try {
            server.shutdown();
            server.awaitShutdown();
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("Broker did not stop cleanly");
        }
    }

    private static boolean isBindFailure(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof java.net.BindException) {
                return true;
            }
        }
        return false;
    }

    private static EmbeddedKafkaException failure(DataDirectory directory, Exception e) {
        String what = isBindFailure(e) ? "a port was taken meanwhile" : String.valueOf(e.getMessage());
        return new EmbeddedKafkaException(
                "The embedded Kafka broker cannot start on " + directory.log() + ": " + what, e);
    }
}
