package io.wanstreams.contracts.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.contracts.job.Events;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.json.JobEventCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The event table of docs/protocol.md names the events and their fields, and JobFold's own table says the same. */
class ProtocolDocTest {

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `((?:job|stage)\\.[a-z]+)` \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$");
    private static final Pattern CODE_ROW =
            Pattern.compile("<tr><td>([a-z.]+)</td><td>([^<]+)</td>\\s*(?:\\*\\s*)?<td>([^<]+)</td></tr>");

    @Test
    void theTableNamesEveryEventAndItsFields() throws IOException {
        List<String> expected = Events.ofEachKind().values().stream()
                .map(event -> shortType(event) + ": " + fields(event))
                .toList();
        List<String> told = ROW.matcher(Project.text("docs/protocol.md"))
                .results()
                .map(row -> row.group(1) + ": " + row.group(2).replace("–", "").strip())
                .toList();
        assertThat(told).isEqualTo(expected);
    }

    @Test
    void theTableBesideTheFoldHasTheSameRows() throws IOException {
        String fold = Project.text("contracts/src/main/java/io/wanstreams/contracts/job/JobFold.java");
        List<String> told = new ArrayList<>();
        CODE_ROW.matcher(fold).results().forEach(row -> told.add(row.group(1)));
        assertThat(told)
                .isEqualTo(Events.ofEachKind().values().stream()
                        .map(ProtocolDocTest::shortType)
                        .toList());
    }

    private static String shortType(JobEvent event) {
        return JobEventCodec.typeOf(event).replace("io.wanstreams.", "").replace(".v1", "");
    }

    private static String fields(JobEvent event) {
        return Arrays.stream(event.getClass().getRecordComponents())
                .map(component ->
                        component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
