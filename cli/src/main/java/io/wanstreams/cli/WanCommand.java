package io.wanstreams.cli;

import io.wanstreams.cli.client.OneSentence;
import io.wanstreams.cli.client.VideosException;
import io.wanstreams.cli.pictures.PicturesCommand;
import io.wanstreams.cli.verify.VerifyCommand;
import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.contracts.job.JobId;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** All commands under one roof. Exit codes: 0 done, 1 failed, 2 not understood, 130 interrupted. */
@Command(name = "./wan", mixinStandardHelpOptions = true, description = "Wan Streams: a sentence in, a video out.")
public final class WanCommand {

    public static final int FAILED = 1;
    public static final int NOT_UNDERSTOOD = 2;

    private WanCommand() {}

    /** The commands that need no system of their own to be built in; more can be added. Failures are printed as one sentence, never as a stack trace. */
    public static CommandLine with(SystemStarter starter, Terminal terminal) {
        return new CommandLine(new WanCommand())
                .addSubcommand(new CommandLine(new GenerateCommand(starter, terminal)))
                .addSubcommand(new CommandLine(new DemoCommand(starter, terminal)))
                .addSubcommand(new CommandLine(new PicturesCommand(starter, terminal)))
                .addSubcommand(new CommandLine(new VerifyCommand(terminal)))
                .registerConverter(JobId.class, JobId::parse)
                .registerConverter(FailureCode.class, FailureCode::parse)
                .setUsageHelpWidth(terminal.columns() == 0 ? 110 : Math.max(60, Math.min(140, terminal.columns())))
                .setUsageHelpAutoWidth(false)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setParameterExceptionHandler(WanCommand::notUnderstood)
                .setExecutionExceptionHandler((failure, line, result) -> failed(failure, line));
    }

    private static int notUnderstood(ParameterException mistake, String[] arguments) {
        PrintWriter err = mistake.getCommandLine().getErr();
        err.println("wan: " + OneSentence.of(mistake) + "; see "
                + mistake.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return NOT_UNDERSTOOD;
    }

    private static int failed(Exception failure, CommandLine line) {
        PrintWriter err = line.getErr();
        if (failure instanceof VideosException known) {
            err.println("wan: " + known.getMessage());
        } else {
            err.println("wan: an error that nobody thought of, please report it: " + failure);
        }
        err.flush();
        return FAILED;
    }
}
