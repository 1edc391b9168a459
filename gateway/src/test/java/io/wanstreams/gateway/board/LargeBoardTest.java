package io.wanstreams.gateway.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** In a process of its own, with Java's own settings but for the heap, as a gateway runs. */
@Tag("slow")
final class LargeBoardTest {

    private static final int JOBS = 100_000;
    private static final int HEAP_LIMIT_MIB = 600;
    private static final int READY_LIMIT_MILLIS = 20_000;
    private static final Pattern SAID =
            Pattern.compile("jobs=(\\d+) listed=(\\d+) events=\\d+ millis=(\\d+) heapMiB=(\\d+)");

    @Test
    void aHundredThousandJobsFitIntoMemoryAndAreReadSoon() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + HEAP_LIMIT_MIB + "m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeBoard.class.getName(),
                        Integer.toString(JOBS))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        Matcher numbers = SAID.matcher(said);
        assertThat(numbers.find()).as(said).isTrue();
        LoggerFactory.getLogger(LargeBoardTest.class)
                .atInfo()
                .addKeyValue("said", numbers.group())
                .log("Large board");

        assertThat(numbers.group(1)).isEqualTo(Integer.toString(JOBS));
        assertThat(numbers.group(2)).isEqualTo("100");
        assertThat(Integer.parseInt(numbers.group(3))).isLessThan(READY_LIMIT_MILLIS);
        assertThat(Integer.parseInt(numbers.group(4))).isLessThan(HEAP_LIMIT_MIB);
    }
}
