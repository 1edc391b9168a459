package io.wanstreams.prompt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of the prompt service. What all services have in common ({@code wan.device}, {@code wan.threads} and so on) is the
 * default of this service's own.
 */
@ConfigMapping(prefix = "wan.prompt")
public interface PromptConfig {

    /** Whether the service does anything. */
    @WithDefault("true")
    boolean enabled();

    /** The models it serves; by default all of {@code wan.models}. */
    Optional<List<String>> models();

    /**
     * How many jobs of a model are worked on at a time; more wait in the topic. What kills the process costs each of them an attempt,
     * so that a job that kills it every time takes others along where this is more than one.
     */
    @WithDefault("1")
    int concurrency();

    /** Threads that talk to Kafka for all jobs of a model together. */
    @WithDefault("4")
    int threads();

    /** How long a ticket is kept when Kafka does not answer; after that the dispatcher writes another. */
    @WithDefault("5m")
    Duration patience();

    /**
     * This process, unique among all that run at a time and the same after a restart. By default {@code wan.worker.id}, and
     * without it host and process id.
     */
    @WithDefault("${wan.worker.id:}")
    Optional<String> workerId();

    /**
     * Which topics the service makes at its start: {@code none}, or the missing ones with the sizes for {@code local} or
     * {@code cluster}. By default {@code wan.topics.provision}.
     */
    @WithDefault("${wan.topics.provision:none}")
    String provision();

    /** How long jobs may go on when the service is told to stop. */
    @WithDefault("5s")
    Duration grace();

    /** Models by the name under which they are served: {@code wan.models.<name>}. Only the names count here. */
    @ConfigMapping(prefix = "wan.models")
    interface Models {
        /** By name. */
        @WithParentName
        Map<String, String> paths();
    }

    /** Further properties of all Kafka clients, such as security: {@code wan.kafka.<property>}. */
    @ConfigMapping(prefix = "wan.kafka")
    interface Kafka {
        /** By name. */
        @WithParentName
        Map<String, String> properties();
    }
}
