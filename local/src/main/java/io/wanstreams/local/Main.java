package io.wanstreams.local;

import io.quarkus.runtime.annotations.QuarkusMain;
import io.wanstreams.cli.Terminal;
import io.wanstreams.cli.WanCommand;
import picocli.CommandLine;

/** What {@code ./wan} runs: the commands first, and Quarkus only when a command needs a system. */
@QuarkusMain
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        Terminal terminal = Terminal.ofProcess();
        CommandLine commands = WanCommand.with(new PrivateSystems(Checkout.ofProcess(), terminal), terminal);
        commands.addSubcommand(new UpCommand(Checkout.ofProcess(), terminal));
        commands.setExecutionExceptionHandler((failure, line, result) -> {
            EarlyLog.drop();
            line.getErr().println("wan: " + StartFailure.sentence(failure));
            line.getErr().flush();
            return WanCommand.FAILED;
        });
        System.exit(commands.execute(arguments));
    }
}
