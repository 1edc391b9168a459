package io.wanstreams.gateway;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the gateway. */
@ConfigMapping(prefix = "wan.gateway")
public interface GatewayConfig {

    /** This gateway's name in the log and in its transactions; the host's name when absent. Different for each gateway. */
    Optional<String> id();

    Board board();

    Submit submit();

    Request request();

    Http http();

    Images images();

    Access access();

    Tenant tenant();

    Dispatch dispatch();

    /** The job board. */
    interface Board {
        /** Most jobs that are kept; beyond it the oldest that are over are forgotten. */
        @WithDefault("200000")
        int jobLimit();

        /** Most jobs whose newest preview is kept, up to 256 KiB each. */
        @WithDefault("256")
        int previewLimit();

        /** How long a request waits for the board to catch up with the end of the log. */
        @WithDefault("3S")
        Duration catchUpLimit();
    }

    /** Submissions. */
    interface Submit {
        /** How long the log may take to acknowledge a submission before the client gets a 503. */
        @WithDefault("5S")
        Duration timeout();

        /** Most jobs that are not over; beyond it new ones get a 429. */
        @WithDefault("1000")
        int queueLimit();

        /** What a client that got a 429 or 503 is told to wait. */
        @WithDefault("5S")
        Duration retryAfter();

        /** Room that every broker's disk has to have left, until a 503; 0 to never look. */
        @WithDefault("512M")
        MemorySize diskReserve();
    }

    /** What one request may ask for. */
    interface Request {
        /** Longest prompt, in characters. */
        @WithDefault("5000")
        int promptChars();

        /** Longest negative prompt, in characters. */
        @WithDefault("5000")
        int negativePromptChars();

        /** Most pixels of one frame. */
        @WithDefault("2100000")
        int pixels();

        /** Most pixel frames. */
        @WithDefault("481")
        int frames();

        /** Most transformer tokens: latent frames times patches of one. */
        @WithDefault("200000")
        int tokens();

        /** Most keys of metadata. */
        @WithDefault("16")
        int metadataKeys();

        /** Longest key of metadata, in characters. */
        @WithDefault("64")
        int metadataKeyChars();

        /** Longest value of metadata, in characters. */
        @WithDefault("512")
        int metadataValueChars();

        /** Most videos of one request. */
        @WithDefault("8")
        int variants();

        /** Deadline of a job whose request names none. */
        @WithDefault("12H")
        Duration deadline();
    }

    /** The HTTP API. */
    interface Http {
        /**
         * Longest body that is not multipart and says how long it is: an image as data URL has room. Multipart bodies are
         * bounded by quarkus.http.limits.max-body-size.
         */
        @WithDefault("28M")
        MemorySize bodyLimit();

        /** Longest body that is always taken, and longest one that does not say how long it is. */
        @WithDefault("256K")
        MemorySize smallBody();

        /** Most bytes of longer bodies at once; beyond it new ones get a 503. */
        @WithDefault("256M")
        MemorySize largeBodies();

        /**
         * Most bytes of a request's headers, until a 431. Beyond quarkus.http.limits.max-header-size the server ends the
         * connection by itself, with a 431 that has no body.
         */
        @WithDefault("20K")
        MemorySize headerLimit();

        /** Longest noise file. */
        @WithDefault("64M")
        MemorySize noiseLimit();

        /** Longest image file. */
        @WithDefault("20M")
        MemorySize imageLimit();

        /** Most pixels of an image, width times height. */
        @WithDefault("50000000")
        long imagePixels();

        /** How long a request to /v1/videos/sync waits for its video. */
        @WithDefault("600S")
        Duration syncLimit();

        /** Facts that one listener to events may be behind before it is sent away. */
        @WithDefault("128")
        int eventBuffer();

        /** How often a connection of events that has nothing to say shows that it is alive. */
        @WithDefault("15S")
        Duration eventKeepAlive();

        /** Most listeners to events at once; beyond it new ones get a 429. */
        @WithDefault("2000")
        int eventListeners();
    }

    /** Images that requests name by an URL, and all files and images while they are received. */
    interface Images {
        /** Whether images are fetched from URLs at all. */
        @WithDefault("true")
        boolean fetch();

        /** How long getting one may take, from the look-up of its host to its last byte. */
        @WithDefault("10S")
        Duration fetchTimeout();

        /** Most redirects on the way to one. */
        @WithDefault("3")
        int redirects();

        /** Whether they may be fetched without TLS. */
        @WithDefault("false")
        boolean plainHttp();

        /** Ranges of addresses that may be asked although they are not public, for example 10.1.0.0/16. */
        Optional<List<String>> allowedAddresses();

        /** Requests whose files and images are received at once; each holds its images in memory. */
        @WithDefault("8")
        int atOnce();

        /** Most requests that wait for that; beyond it new ones get a 503. */
        @WithDefault("64")
        int waiting();
    }

    /** Who may come. */
    interface Access {
        /** A file with the keys; nobody is asked for one when absent. See the README for its form. */
        Optional<Path> keysFile();

        /** How often the file is looked at for changes. */
        @WithDefault("10S")
        Duration reload();

        /** Whether everybody is answered on other addresses than loopback when there are no keys. */
        @WithDefault("false")
        boolean open();
    }

    /** What one tenant may have at once. */
    interface Tenant {
        /** Most jobs that have not been started; beyond it new ones get a 429. */
        @WithDefault("1000")
        int jobsQueued();

        /** Most jobs that are admitted and not over; others wait. */
        @WithDefault("1000")
        int jobsRunning();

        /** Most bytes of files that came with jobs that are not over; beyond it new ones get a 429. */
        @WithDefault("4G")
        MemorySize bytes();
    }

    /** The dispatcher. */
    interface Dispatch {
        /** Whether this gateway stands for election as the dispatcher. */
        @WithDefault("true")
        boolean enabled();

        /** Most jobs that are admitted and not over. */
        @WithDefault("16")
        int window();

        /** Attempts of a stage from its start or its last checkpoint. */
        @WithDefault("3")
        int attemptLimit();

        /** A running worker that is not heard for this long is lost. */
        @WithDefault("10S")
        Duration workerSilence();

        /** A waiting job whose topic had no open ticket for this long has lost its ticket. */
        @WithDefault("30S")
        Duration ticketSilence();

        /** A parked job is left alone at least this long. */
        @WithDefault("0.5S")
        Duration backOff();

        /** When the log or the heartbeats could not be read for this long, observation starts anew. */
        @WithDefault("3S")
        Duration blindness();

        /** How often open tickets are asked for. */
        @WithDefault("5S")
        Duration ticketLook();

        /** How long what was written about a job may take to show on the board before it is decided anew. */
        @WithDefault("5S")
        Duration patience();

        /** How often all jobs are looked at when nothing happens. */
        @WithDefault("0.25S")
        Duration interval();
    }
}
