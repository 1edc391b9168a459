package io.wanstreams.prompt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of the prompt service. */
@ConfigMapping(prefix = "wan")
public interface PromptConfig {

    /** Models by the name under which they are served: {@code wan.models.<name>}. Only the names count here. */
    Map<String, String> models();

    /** {@code wan.worker.*} */
    Worker worker();

    /** {@code wan.topics.*} */
    Topics topics();

    /** Further properties of all Kafka clients, such as security: {@code wan.kafka.<property>}. */
    Map<String, String> kafka();

    /** {@code wan.prompt.*} */
    Prompt prompt();

    /** Who this process is. */
    interface Worker {
        /** Unique among all processes that run at a time, and the same after a restart; by default {@code <host>/<process id>}. */
        Optional<String> id();
    }

    /** Topics. */
    interface Topics {
        /** Which topics the service makes at its start: {@code none}, or the missing ones with the sizes for {@code local} or {@code cluster}. */
        @WithDefault("none")
        String provision();
    }

    /** This service's own. */
    interface Prompt {
        /** Whether the service does anything. */
        @WithDefault("true")
        boolean enabled();

        /** The models it serves; by default all of {@code wan.models}. */
        Optional<List<String>> models();

        /** How many jobs of a model are worked on at a time; more wait in the topic. */
        @WithDefault("256")
        int concurrency();

        /** Threads that talk to Kafka for all jobs of a model together. */
        @WithDefault("4")
        int threads();

        /** How long a ticket is kept when Kafka does not answer; after that the dispatcher writes another. */
        @WithDefault("5m")
        Duration patience();

        /** How long jobs may go on when the service is told to stop. */
        @WithDefault("5s")
        Duration grace();
    }
}
