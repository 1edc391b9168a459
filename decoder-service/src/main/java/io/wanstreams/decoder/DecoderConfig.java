package io.wanstreams.decoder;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The settings of the decoder service. */
@ConfigMapping(prefix = "wan")
public interface DecoderConfig {

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

    /** {@code wan.decoder.*} */
    Decoder decoder();

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
    interface Decoder {
        /** Whether the service does anything. */
        @WithDefault("true")
        boolean enabled();

        /** The model it serves; not needed where {@code wan.models} names one only. */
        Optional<String> model();

        /** Where the VAE computes; by default {@code wan.device}. */
        Optional<String> device();

        /** How long a running stage may go on when the service is told to stop. */
        @WithDefault("10s")
        Duration grace();

        /** Folder for the files of the job at work: the video, and the decoded frames where a request keeps them. */
        @WithDefault("${java.io.tmpdir}/wan-decoder")
        Path tempDir();

        /** {@code wan.decoder.video.*} */
        Video video();

        /** {@code wan.decoder.thumbnail.*} */
        Thumbnail thumbnail();

        /** {@code wan.decoder.spritesheet.*} */
        Spritesheet spritesheet();
    }

    /** The video. */
    interface Video {
        /** H.264 quantizer of every frame, 1 (finest, largest file) to 51. */
        @WithDefault("18")
        int quantizer();
    }

    /** The thumbnail. */
    interface Thumbnail {
        /** Limit of its longer edge in pixels, 1 to 4096. */
        @WithDefault("640")
        int edgePixels();
    }

    /** The sprite sheet. */
    interface Spritesheet {
        /** At most this many pictures, 1 to 400. */
        @WithDefault("25")
        int tiles();

        /** Limit of a picture's longer edge in pixels, 1 to 512. */
        @WithDefault("160")
        int edgePixels();
    }
}
