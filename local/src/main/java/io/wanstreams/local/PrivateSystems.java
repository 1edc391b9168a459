package io.wanstreams.local;

import io.wanstreams.cli.SystemStarter;
import io.wanstreams.cli.Terminal;
import java.nio.file.Path;

/** Starts a system of one's own for a command: free ports, fresh data, gone at the end. */
final class PrivateSystems implements SystemStarter {

    private static final String HOST = "localhost";

    private final Checkout checkout;
    private final Terminal terminal;

    PrivateSystems(Checkout checkout, Terminal terminal) {
        this.checkout = checkout;
        this.terminal = terminal;
    }

    @Override
    public RunningSystem start(Wish wish) {
        RunDirectory run = RunDirectory.create(checkout.runs());
        try {
            Path model = DerivedModel.of(
                    wish.model().orElse(checkout.demoModel()),
                    wish.changes(),
                    run.path().resolve("models"));
            terminal.out().println("Starting broker, services and model " + ModelName.of(model));
            LocalSettings settings = new LocalSettings(
                    run.path(),
                    model,
                    HOST,
                    FreePort.on(HOST),
                    0,
                    wish.changes().precision(),
                    wish.verbose());
            LocalSystem system = LocalSystem.start(settings, PrivateSystems::brokerFailed, run::remove);
            terminal.out().println("Ready after " + StartTime.seconds() + " s");
            return system;
        } catch (RuntimeException e) {
            run.remove();
            throw e;
        }
    }

    private static void brokerFailed(String sentence) {
        System.err.println("wan: " + sentence);
        System.err.flush();
        Runtime.getRuntime().halt(1);
    }
}
