package io.wanstreams.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MachineTest {

    @Test
    void processor_is_named_as_linux_names_it() {
        List<String> cpuinfo = List.of("processor\t: 0", "model name\t: AMD EPYC 7R13", "processor\t: 1");

        assertThat(Machine.modelName(cpuinfo)).isEqualTo("AMD EPYC 7R13");
    }

    @Test
    void processor_without_a_name_is_its_architecture() {
        assertThat(Machine.modelName(List.of("processor\t: 0"))).isEqualTo(System.getProperty("os.arch"));
    }

    @Test
    void this_machine_has_cores() {
        assertThat(Machine.here().cores()).isPositive();
    }
}
