package io.wanstreams.encoder;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of the encoder service. What all services have in common ({@code wan.device}, {@code wan.threads} and so on) is the
 * default of this service's own.
 */
@ConfigMapping(prefix = "wan.encoder")
public interface EncoderConfig {

    /** Whether the service does anything. */
    @WithDefault("true")
    boolean enabled();

    /** The model it serves; not needed where {@code wan.models} names one only. */
    Optional<String> model();

    /** Where the text encoder computes: {@code cpu}, {@code cuda:<index>} or {@code tensorrt:<index>}. By default {@code wan.device}. */
    @WithDefault("${wan.device:cpu}")
    String device();

    /** Threads of one run of a network; 0 for all cores. By default {@code wan.threads}. */
    @WithDefault("${wan.threads:0}")
    int threads();

    /**
     * What a stage may need in memory at most, weights included; more is refused before it runs. By default {@code
     * wan.memory.limit}, and without it what the machine has; no limit on other devices.
     */
    @WithDefault("${wan.memory.limit:}")
    Optional<MemorySize> memoryLimit();

    /** Folder for F32 copies of half-precision weights. By default {@code wan.cache.dir}. */
    @WithDefault("${wan.cache.dir:${user.home}/.cache/wan-streams}")
    Path cacheDir();

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

    /** How long a running stage may go on when the service is told to stop. */
    @WithDefault("10s")
    Duration grace();

    /** {@code wan.encoder.embeddings.*} */
    Embeddings embeddings();

    /** Embeddings of the prompts last asked for. */
    interface Embeddings {
        /** How much of them is kept; 0 for none. */
        @WithDefault("256M")
        MemorySize cacheSize();
    }

    /** {@code wan.encoder.image.*} */
    Image image();

    /** Images that come with requests. */
    interface Image {
        /** Most bytes of an image's file. */
        @WithDefault("20M")
        MemorySize limitSize();

        /** Most pixels of an image, width times height. */
        @WithDefault("50000000")
        long limitPixels();

        /** {@code wan.encoder.image.tile.*} */
        Tile tile();
    }

    /** Encoding images in tiles, for memory that is too small for whole ones; latents differ slightly. */
    interface Tile {
        /** Edge of a tile, counted after patches have become channels; 0 to encode whole images. Diffusers takes 256. */
        @WithDefault("0")
        int edgePixels();

        /** From the beginning of a tile to that of the next, at most the edge; what is left is blended. */
        @WithDefault("192")
        int stridePixels();
    }

    /** Checkpoint directories by the name under which a model is served: {@code wan.models.<name>}. */
    @ConfigMapping(prefix = "wan.models")
    interface Models {
        /** By name. */
        @WithParentName
        Map<String, Path> paths();
    }

    /** Further properties of all Kafka clients, such as security: {@code wan.kafka.<property>}. */
    @ConfigMapping(prefix = "wan.kafka")
    interface Kafka {
        /** By name. */
        @WithParentName
        Map<String, String> properties();
    }
}
