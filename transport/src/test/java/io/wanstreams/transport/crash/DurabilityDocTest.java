package io.wanstreams.transport.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DurabilityDocTest {

    private static final Pattern ROW = Pattern.compile("^\\| `([a-z-]+)` \\|", Pattern.MULTILINE);

    @Test
    void thePageHasEveryCrashPointInTheOrderOfTheCode() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("wan.root"), "docs/durability.md"));

        assertThat(ROW.matcher(page).results().map(row -> row.group(1)))
                .containsExactlyElementsOf(Arrays.stream(CrashPoint.values())
                        .map(CrashPoint::toString)
                        .toList());
    }
}
