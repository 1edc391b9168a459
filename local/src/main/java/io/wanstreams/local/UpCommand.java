package io.wanstreams.local;

import io.wanstreams.cli.ModelOptions;
import io.wanstreams.cli.Terminal;
import io.wanstreams.cli.client.VideosException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./wan up}: a system that stays. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs broker, services and a model until it is stopped with Ctrl-C, and prints the gateway's address.",
            "Its data stays: jobs that were under way go on at the next start."
        })
final class UpCommand implements Runnable {

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Port of the gateway, 0 for a free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            defaultValue = "localhost",
            description = "Name or address on which the gateway listens; 0.0.0.0 for all. Default: ${DEFAULT-VALUE}.")
    private String host = "localhost";

    @Option(
            names = "--kafka-port",
            paramLabel = "N",
            defaultValue = "0",
            description = "Port of the broker on the loopback interface, 0 for a free one. Default: ${DEFAULT-VALUE}.")
    private int kafkaPort;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Directory for the broker's data and the log. Default: .wan/data in the checkout.")
    private @Nullable Path data;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Checkpoint directory in Diffusers' layout, or a model file. Default: the demo model.")
    private @Nullable Path model;

    @Mixin
    private final ModelOptions changes = new ModelOptions();

    @Option(names = "--verbose", description = "Show the log on the console as well.")
    private boolean verbose;

    private final Checkout checkout;
    private final Terminal terminal;

    UpCommand(Checkout checkout, Terminal terminal) {
        this.checkout = checkout;
        this.terminal = terminal;
    }

    @Override
    public void run() {
        PrintStream out = terminal.out();
        LocalSettings settings = settings();
        out.println("Starting broker, services and model " + ModelName.of(settings.model()) + " (log: " + settings.log()
                + ")");
        try (LocalSystem system = LocalSystem.start(settings, UpCommand::brokerFailed, () -> {})) {
            out.println("Ready after " + StartTime.seconds() + " s: " + system.url() + " (Kafka: "
                    + system.bootstrapServers() + "); stop with Ctrl-C");
            out.flush();
            system.awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private LocalSettings settings() {
        if (port < 0 || port > 65_535 || kafkaPort < 0 || kafkaPort > 65_535) {
            throw new VideosException("A port is 0 to 65535, found " + port + " and " + kafkaPort);
        }
        Path place = data == null ? checkout.data() : data;
        return new LocalSettings(
                place,
                DerivedModel.of(
                        model == null ? checkout.demoModel() : model, changes.changes(), place.resolve("models")),
                host,
                port == 0 ? FreePort.on(host) : port,
                kafkaPort,
                changes.changes().precision(),
                verbose);
    }

    private static void brokerFailed(String sentence) {
        System.err.println("wan: " + sentence);
        System.err.flush();
        Runtime.getRuntime().halt(1);
    }
}
