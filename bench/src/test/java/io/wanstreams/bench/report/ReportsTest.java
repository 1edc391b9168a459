package io.wanstreams.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wanstreams.bench.measure.Machine;
import io.wanstreams.bench.measure.Sample;
import io.wanstreams.bench.report.Report.Row;
import io.wanstreams.bench.report.Report.Target;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReportsTest {

    private static final Machine MACHINE = new Machine("Some CPU", 2, "Linux 6", "JDK 17");

    @Test
    void text_names_machine_command_settings_figures_and_verdict() {
        String text = TextReport.of(report(new Target("ratio", 0.75, 0.7, true)));

        assertThat(text.lines())
                .containsExactly(
                        "bundle",
                        "  machine   Some CPU, 2 cores, Linux 6, JDK 17",
                        "  command   ./wan bench bundle",
                        "  rounds    3",
                        "",
                        "         unit median  min   max",
                        "  bundle MB/s   20.0 5.25 100.0",
                        "",
                        "  ratio: 0.75, at least 0.70 is wanted: met");
    }

    @Test
    void json_is_one_line_with_the_same() throws Exception {
        String json = JsonReport.of(report(new Target("ratio", 0.6, 0.7, true)));
        JsonNode tree = new ObjectMapper().readTree(json);

        assertThat(json).doesNotContain("\n");
        assertThat(tree.at("/machine/cores").asInt()).isEqualTo(2);
        assertThat(tree.at("/settings/rounds").asText()).isEqualTo("3");
        assertThat(tree.at("/rows/0/figures/median").asDouble()).isEqualTo(20);
        assertThat(tree.at("/target/met").asBoolean(true)).isFalse();
    }

    @Test
    void floor_may_be_reached_and_ceiling_may_not() {
        assertThat(new Target("ratio", 0.7, 0.7, true).isMet()).isTrue();
        assertThat(new Target("ratio", 0.69, 0.7, true).isMet()).isFalse();
        assertThat(new Target("ms", 100, 100, false).isMet()).isFalse();
        assertThat(new Target("ms", 99, 100, false).isMet()).isTrue();
    }

    @Test
    void latency_shows_the_slow_ones() {
        Map<String, Double> figures = Columns.latency(Sample.of(List.of(0.0, 100.0)));

        assertThat(figures)
                .containsExactly(
                        Map.entry("p50", 50.0),
                        Map.entry("p90", 90.0),
                        Map.entry("p99", 99.0),
                        Map.entry("max", 100.0));
    }

    private static Report report(Target target) {
        Row row = new Row("bundle", "MB/s", Columns.spread(Sample.of(List.of(100.0, 5.25, 20.0))));
        return new Report("bundle", MACHINE, "./wan bench bundle", Map.of("rounds", "3"), List.of(row), target);
    }
}
