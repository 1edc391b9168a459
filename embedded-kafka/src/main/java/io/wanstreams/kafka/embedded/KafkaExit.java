package io.wanstreams.kafka.embedded;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands where Kafka would end the JVM. A fatal fault of the broker then reaches its owner as a sentence, and the faulting thread ends.
 *
 * <p>Kafka has one such place per JVM and does not say which broker failed, so every broker of this JVM hears of it.
 */
final class KafkaExit {

    private static final Logger log = LoggerFactory.getLogger(KafkaExit.class);
    private static final Set<Consumer<String>> LISTENERS = ConcurrentHashMap.newKeySet();

    private KafkaExit() {}

    static void listen(Consumer<String> listener) {
        LISTENERS.add(listener);
        Exit.setExitProcedure(KafkaExit::report);
        Exit.setHaltProcedure(KafkaExit::report);
    }

    static void forget(Consumer<String> listener) {
        LISTENERS.remove(listener);
    }

    private static void report(int status, @Nullable String message) {
        String sentence = "The embedded Kafka broker stopped for good (status " + status
                + (message == null ? "" : ", " + message) + "); its log lines above say why";
        log.atError().addKeyValue("status", status).log("Broker failed");
        LISTENERS.forEach(listener -> listener.accept(sentence));
        // Kafka's callers rely on this place not returning.
        throw new EmbeddedKafkaException(sentence);
    }
}
