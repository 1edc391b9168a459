package io.wanstreams.denoise;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of the denoise service. */
@ConfigMapping(prefix = "wan")
public interface DenoiseConfig {

    /** Checkpoint directories by the name under which a model is served: {@code wan.models.<name>}. */
    Map<String, Path> models();

    /** {@code wan.device} and {@code wan.device.*} */
    Device device();

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

    /** {@code wan.denoise.*} */
    Denoise denoise();

    /** Where networks compute. */
    interface Device {
        /** {@code cpu} or {@code cuda:<index>}, unless a stage has a device of its own. */
        @WithParentName
        @WithDefault("cpu")
        String name();

        /** Whether an expert accepts another on its device; the memory must suffice for both. */
        @WithDefault("false")
        boolean shared();

        /** Folder of the locks by which processes of this machine see who holds a device. */
        @WithDefault("${java.io.tmpdir}/wan-devices")
        Path lockDir();
    }

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
    interface Denoise {
        /** Whether the service does anything. */
        @WithDefault("true")
        boolean enabled();

        /** The model it serves; not needed where {@code wan.models} names one only. */
        Optional<String> model();

        /** The stages this process works for, one worker each; by default all that the model has. */
        Optional<List<String>> stages();

        /** The device of a stage's expert: {@code wan.denoise.device.<stage>}; by default {@code wan.device}. */
        Map<String, String> device();

        /** How long a running stage may go on when the service is told to stop. */
        @WithDefault("10s")
        Duration grace();

        /** {@code wan.denoise.checkpoint.*} */
        CheckpointSettings checkpoint();
    }

    /** When a stage makes a place to go on from: after so many steps or so much time, whichever comes first. */
    interface CheckpointSettings {
        /** Steps between two checkpoints; 0 for never by steps. */
        @WithDefault("10")
        int everySteps();

        /** Time between two checkpoints, met at the next step; 0s for never by time. */
        @WithDefault("60s")
        Duration every();
    }
}
