package io.wanstreams.bench;

import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code bench [bundle|handover|pipeline|checkpoint|share|load|denoise|vae|weights|jmh]}: without a name, the first three one after the other. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures transport, hand-over, pipeline overhead and networks.",
        subcommands = {
            BundleCommand.class,
            HandoverCommand.class,
            PipelineCommand.class,
            CheckpointCommand.class,
            ShareCommand.class,
            LoadCommand.class,
            DenoiseCommand.class,
            VaeCommand.class,
            WeightsCommand.class,
            JmhCommand.class
        })
public final class Main implements Callable<Integer> {

    /** A promise was missed. */
    static final int MISSED = 3;

    /** The programs that make up a whole run. */
    private static final String[] ALL = {"bundle", "handover", "pipeline"};

    /** Exits with 0, 1 when a program failed, 2 for a wrong command line, 3 when a figure misses what is promised. */
    public static void main(String[] args) {
        // Before anything logs: the broker and its clients are quiet through this log manager.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler(Main::explain);
    }

    @Override
    public Integer call() {
        return Arrays.stream(ALL)
                .mapToInt(name -> commandLine().execute(name))
                .max()
                .orElse(0);
    }

    private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        String message = e.getMessage();
        command.getErr().println("bench: " + (message == null ? e.toString() : message));
        return CommandLine.ExitCode.SOFTWARE;
    }
}
