package io.wanstreams.kafka.embedded;

import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps Kafka's hundreds of start-up lines away, unless somebody has configured these categories. */
final class QuietLogging {

    /** Held here, since the log manager alone would let them go. */
    private static final Map<Logger, Level> CATEGORIES = Map.of(
            Logger.getLogger("kafka"), Level.WARNING,
            Logger.getLogger("org.apache.kafka"), Level.WARNING,
            Logger.getLogger("state.change.logger"), Level.WARNING,
            // Warns at every start that it starts.
            Logger.getLogger("org.apache.kafka.controller.QuorumController"), Level.SEVERE,
            // Warns dozens of times that a topic it asks for exists by now.
            Logger.getLogger("kafka.server.DefaultAutoTopicCreationManager"), Level.SEVERE,
            // Registers before its own election is over, and prints the refusal with a page of stack.
            Logger.getLogger("kafka.server.ControllerApis"), Level.OFF);

    private QuietLogging() {}

    static void apply() {
        CATEGORIES.forEach((category, level) -> {
            if (category.getLevel() == null) {
                category.setLevel(level);
            }
        });
    }
}
