package io.wanstreams.cli;

import io.wanstreams.cli.client.VideosException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Starts a whole system of one's own for a command that was not told of a running one. */
@FunctionalInterface
public interface SystemStarter {

    /** For a program that cannot start one. */
    SystemStarter NONE = wish -> {
        throw new VideosException("Which gateway? Name it with --url http://HOST:PORT");
    };

    /**
     * Starts broker, services and model, and returns when they are ready for jobs.
     *
     * @throws VideosException in one sentence when that cannot be
     */
    RunningSystem start(Wish wish);

    /**
     * What kind of system.
     *
     * @param model checkpoint directory or model file; empty for the demo model
     * @param verbose log to the console too
     * @param changes to the model
     */
    record Wish(Optional<Path> model, boolean verbose, ModelChanges changes) {}

    /** A system that is ready until it is closed. */
    interface RunningSystem extends AutoCloseable {

        URI url();

        /** Checkpoint directory that it serves. */
        Path model();

        /** Under which name it serves it. */
        String modelName();

        @Override
        void close();
    }
}
