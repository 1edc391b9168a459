package io.wanstreams.cli;

import io.wanstreams.cli.SystemStarter.RunningSystem;
import io.wanstreams.cli.client.VideosException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which system does the work: a running one, or one that lives as long as the command. */
final class SystemOptions {

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Use the running gateway at this address, for example http://localhost:8080. "
                    + "Default: start broker, services and model for this command alone.")
    @Nullable
    URI url;

    @Option(
            names = "--model",
            paramLabel = "DIR|NAME",
            description =
                    "Checkpoint directory in Diffusers' layout (Wan2.2 text-to-video family), or a model file. "
                            + "With --url: the name of a model that the gateway serves. Default: the demo model, or the gateway's default.")
    @Nullable
    String model;

    @Mixin
    ModelOptions changes = new ModelOptions();

    @Option(names = "--verbose", description = "Show the log on the console as well.")
    boolean verbose;

    boolean isRemote() {
        return url != null;
    }

    Optional<String> remoteModel() {
        return isRemote() ? Optional.ofNullable(model) : Optional.empty();
    }

    /** Where the work is done; closing it ends a system of one's own. */
    RunningSystem open(SystemStarter starter) {
        if (url == null) {
            return starter.start(new SystemStarter.Wish(
                    Optional.ofNullable(model).map(SystemOptions::path), verbose, changes.changes()));
        }
        if (!changes.changes().equals(ModelChanges.NONE)) {
            throw new VideosException(
                    "--lora, --lora-2 and --precision change a model that is started here; a running gateway serves"
                            + " models by name: leave out --url, or the options");
        }
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (url.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new VideosException("--url " + url + " is no address of a gateway, expected http://HOST:PORT");
        }
        return new Remote(url, model == null ? "" : model);
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new VideosException("--model " + text + " is not a path: " + e.getReason(), e);
        }
    }

    private record Remote(URI url, String modelName) implements RunningSystem {

        @Override
        public Path model() {
            throw new VideosException("The checkpoint of " + url + " is not on this machine");
        }

        @Override
        public void close() {
            // Somebody else's system goes on.
        }
    }
}
