package io.wanstreams.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void help_lists_the_programs() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("bundle", "handover", "pipeline", "load", "denoise", "vae", "weights", "jmh");
    }

    @Test
    void number_out_of_range_is_one_sentence() {
        assertThat(run("bundle", "--megabytes", "5000")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString().strip()).isEqualTo("bench: --megabytes is 1 to 1000, found 5000");
    }

    @Test
    void unreachable_gateway_is_one_sentence() {
        assertThat(run("pipeline", "--url", "http://localhost:1", "--runs", "1"))
                .isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString())
                .startsWith("bench: ")
                .contains("http://localhost:1")
                .hasLineCount(1);
    }

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
