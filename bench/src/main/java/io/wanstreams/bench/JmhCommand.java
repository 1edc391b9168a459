package io.wanstreams.bench;

import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Hands everything to JMH. */
@Command(
        name = "jmh",
        description = "Runs the micro benchmarks; arguments are JMH's own (a pattern, -f 1, -rf json, …).")
final class JmhCommand implements Callable<Integer> {

    @Parameters(arity = "0..*", description = "JMH's arguments; -h lists them.")
    private List<String> arguments = List.of();

    @Override
    public Integer call() throws Exception {
        Main.main(arguments.toArray(String[]::new));
        return 0;
    }
}
