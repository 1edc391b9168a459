package io.wanstreams.contracts.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The modules and arrows of docs/architecture.md are those of the build. */
class ArchitectureDocTest {

    private static final Pattern MODULE = Pattern.compile("<module>([a-z0-9-]+)</module>");
    private static final Pattern ARROW = Pattern.compile("<include>io\\.wanstreams:([a-z0-9-]+)</include>");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\| [^|]+ \\| ([^|]+) \\|$");
    private static final Pattern NAME = Pattern.compile("`([a-z0-9-]+)`");

    @Test
    void theTableIsTheBuild() throws IOException {
        Map<String, Set<String>> built = new TreeMap<>();
        for (String module : names(MODULE, Project.text("pom.xml"))) {
            built.put(module, names(ARROW, Project.text(module + "/pom.xml")));
        }
        Map<String, Set<String>> told = new TreeMap<>();
        ROW.matcher(Project.text("docs/architecture.md"))
                .results()
                .forEach(row -> told.put(row.group(1), names(NAME, row.group(2))));
        assertThat(told).isEqualTo(built);
    }

    @Test
    void noModuleSeesWhatStandsOutside() throws IOException {
        for (String module : names(MODULE, Project.text("pom.xml"))) {
            assertThat(names(ARROW, Project.text(module + "/pom.xml")))
                    .as(module)
                    .doesNotContain("local", "bench", "k8s")
                    .doesNotContain(module);
        }
    }

    private static Set<String> names(Pattern pattern, String text) {
        Set<String> names = new TreeSet<>();
        pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .forEach(names::add);
        return names;
    }
}
