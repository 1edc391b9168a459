package io.wanstreams.encoder;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The settings of the encoder service. */
@ConfigMapping(prefix = "wan")
public interface EncoderConfig {

    /** Checkpoint directories by the name under which a model is served: {@code wan.models.<name>}. */
    Map<String, Path> models();

    /** Where networks compute unless a service says otherwise: {@code cpu} or {@code cuda:<index>}. */
    @WithDefault("cpu")
    String device();

    /** Threads of one run of a network; 0 for all cores. */
    @WithDefault("0")
    int threads();

    /** {@code wan.cache.*} */
    Cache cache();

    /** {@code wan.worker.*} */
    Worker worker();

    /** {@code wan.topics.*} */
    Topics topics();

    /** Further properties of all Kafka clients, such as security: {@code wan.kafka.<property>}. */
    Map<String, String> kafka();

    /** {@code wan.encoder.*} */
    Encoder encoder();

    /** Converted weights. */
    interface Cache {
        /** Folder for F32 copies of half-precision weights. */
        @WithDefault("${user.home}/.cache/wan-streams")
        Path dir();
    }

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
    interface Encoder {
        /** Whether the service does anything. */
        @WithDefault("true")
        boolean enabled();

        /** The model it serves; not needed where {@code wan.models} names one only. */
        Optional<String> model();

        /** Where the text encoder computes; by default {@code wan.device}. */
        Optional<String> device();

        /** How long a running stage may go on when the service is told to stop. */
        @WithDefault("10s")
        Duration grace();

        /** {@code wan.encoder.embeddings.*} */
        Embeddings embeddings();
    }

    /** Embeddings of the prompts last asked for. */
    interface Embeddings {
        /** How much of them is kept; 0 for none. */
        @WithDefault("256M")
        MemorySize cacheSize();
    }
}
