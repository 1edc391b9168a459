package io.wanstreams.local;

import io.quarkus.runtime.annotations.QuarkusMain;
import io.wanstreams.cli.Terminal;
import io.wanstreams.cli.WanCommand;
import io.wanstreams.local.chaos.ChaosCommand;
import picocli.CommandLine;

/** What {@code ./wan} runs: the commands first, and Quarkus only when a command needs a system. */
@QuarkusMain
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        Terminal terminal = Terminal.ofProcess();
        Checkout checkout = Checkout.ofProcess();
        CommandLine commands = WanCommand.with(new PrivateSystems(checkout, terminal), terminal);
        commands.addSubcommand(new UpCommand(checkout, terminal));
        commands.addSubcommand(
                new ChaosCommand(checkout.root(), checkout.demoModel(), ModelName.of(checkout.demoModel()), terminal));
        commands.addSubcommand(new InspectCommand(terminal));
        commands.setExecutionExceptionHandler((failure, line, result) -> {
            EarlyLog.drop();
            line.getErr().println("wan: " + StartFailure.sentence(failure));
            line.getErr().flush();
            return WanCommand.FAILED;
        });
        System.exit(commands.execute(arguments));
    }
}
