package io.wanstreams.denoise;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of the denoise service. What all services have in common ({@code wan.device}, {@code wan.threads} and so on) is the
 * default of this service's own.
 */
@ConfigMapping(prefix = "wan.denoise")
public interface DenoiseConfig {

    /** Whether the service does anything. */
    @WithDefault("true")
    boolean enabled();

    /** The model it serves; not needed where {@code wan.models} names one only. */
    Optional<String> model();

    /** The stages this process works for, one worker each; by default all that the model has. */
    Optional<List<String>> stages();

    /** The device of a stage's expert: {@code wan.denoise.device.<stage>}; by default {@code wan.device}. */
    Map<String, String> device();

    /** Where an expert computes whose stage has no device of its own: {@code cpu}, {@code cuda:<index>} or {@code tensorrt:<index>}; with two, such as {@code cuda:0,cuda:1}, the passes with and without the prompt run at the same time. By default {@code wan.device}. */
    @WithDefault("${wan.device:cpu}")
    String defaultDevice();

    /**
     * Whether an expert accepts another on its device; the memory must suffice for both. By default {@code
     * wan.device.shared}.
     */
    @WithDefault("${wan.device.shared:false}")
    boolean deviceShared();

    /**
     * Folder of the locks by which processes of this machine see who holds a device. By default {@code
     * wan.device.lock-dir}.
     */
    @WithDefault("${wan.device.lock-dir:${java.io.tmpdir}/wan-devices}")
    Path deviceLockDir();

    /**
     * In what the experts' large layers are computed: {@code auto}; {@code fp32} or {@code int8} on a CPU; {@code fp32} or
     * {@code bf16} on a GPU, with CUDA also {@code w8}. By default {@code wan.precision}.
     */
    @WithDefault("${wan.precision:auto}")
    String precision();

    /** Threads of one run of a network; 0 for all cores. By default {@code wan.threads}. */
    @WithDefault("${wan.threads:0}")
    int threads();

    /**
     * What a stage may need in memory at most, weights included; more is refused before it runs. By default {@code
     * wan.memory.limit}, and without it what the machine has; no limit on other devices.
     */
    @WithDefault("${wan.memory.limit:}")
    Optional<MemorySize> memoryLimit();

    /** Folder for converted weights: F32 of other types, sums with LoRAs, int8. By default {@code wan.cache.dir}. */
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

    /** {@code wan.denoise.text.*} */
    Text text();

    /** {@code wan.denoise.checkpoint.*} */
    CheckpointSettings checkpoint();

    /** What is kept of a job's texts between passes on a CPU. */
    interface Text {
        /**
         * Memory for the keys and values that cross-attention makes of the texts with and without the prompt: both, or none
         * where they need more. 0 for none.
         */
        @WithDefault("256M")
        MemorySize cacheSize();
    }

    /** When a stage makes a place to go on from: after so many steps or so much time, whichever comes first. */
    interface CheckpointSettings {
        /** Steps between two checkpoints; 0 for never by steps. */
        @WithDefault("5")
        int everySteps();

        /** Time between two checkpoints, met at the next step; 0s for never by time. */
        @WithDefault("60s")
        Duration every();
    }

    /** {@code wan.denoise.preview.*} */
    PreviewSettings preview();

    /** Small pictures of what is being denoised. */
    interface PreviewSettings {
        /** Whether there are any. The first one of a model makes the service load the autoencoder's encoder for a moment. */
        @WithDefault("true")
        boolean enabled();

        /** Least time between two pictures of one run. */
        @WithDefault("0.5s")
        Duration every();
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
