package io.wanstreams.inference.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wanstreams.inference.GoldenCase;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DenoisePlanTest {

    /** transformer-and-text.md §8.2, the worked example. */
    @ParameterizedTest
    @CsvSource({
        "WAN, 5, 0.9997998 0.9372655 0.8330554 0.6246874 0, 999 937 833 624",
        "DIFFUSERS, 5, 0.9999990 0.9375781 0.8336110 0.6259361 0, 999 937 833 625",
        "WAN, 12, 0.9999166 0.9728677 0.9229348 0.7997865 0, 999 972 922 799",
        "DIFFUSERS, 12, 0.9999990 0.9730080 0.9232188 0.8006386 0, 999 973 923 800",
        "WAN, 3, 0.9996665 0.8996398 0.7496248 0.4996666 0, 999 899 749 499",
        "DIFFUSERS, 3, 0.9999990 0.9001200 0.7503748 0.5009990 0, 999 900 750 500",
    })
    void fourSteps(SigmaGrid grid, double shift, String sigmas, String timesteps) {
        DenoisePlan plan = DenoisePlan.of(4, shift, grid, null);
        assertThat(plan.sigmas()).containsExactly(floats(sigmas), within(6e-8f));
        assertThat(timesteps(plan)).isEqualTo(timesteps);
    }

    /** transformer-and-text.md §8.2, the worked example's rows of the other solvers. */
    @ParameterizedTest
    @CsvSource({
        "DPM_SOLVER, WAN, 1.0000000 0.9375000 0.8333333 0.6250000 0, 1000 937 833 625",
        "DPM_SOLVER, DIFFUSERS, 0.9997998 0.9372655 0.8330554 0.6246874 0, 999 937 833 624",
        "EULER, WAN, 1.0000000 0.9375000 0.8333333 0.6250000 0, 1000 937.5 833.3333 625",
        "EULER, DIFFUSERS, 1.0000000 0.9097071 0.7173175 0.0244141 0, 1000 909.7071 717.3174 24.4141",
    })
    void fourStepsOfOtherSolvers(SolverKind solver, SigmaGrid grid, String sigmas, String timesteps) {
        DenoisePlan plan = DenoisePlan.of(solver, grid, 4, 5, 0.9, 1000);
        assertThat(plan.sigmas()).containsExactly(floats(sigmas), within(1.2e-7f));
        float[] found = new float[4];
        plan.steps().forEach(step -> found[step.index()] = step.timestep());
        assertThat(found).containsExactly(floats(timesteps), within(6e-5f));
        assertThat(plan.endOf(Expert.HIGH)).isEqualTo(2);
    }

    /** One step, and a schedule of another length than the published models': the same formulas. */
    @Test
    void otherLengthsOfTraining() {
        DenoisePlan one = DenoisePlan.of(SolverKind.EULER, SigmaGrid.DIFFUSERS, 1, 5, null, 1000);
        assertThat(one.sigmas()).containsExactly(1, 0);
        DenoisePlan short500 = DenoisePlan.of(SolverKind.UNIPC, SigmaGrid.WAN, 4, 1, 0.7, 500);
        assertThat(short500.steps()).extracting(DenoiseStep::timestep).containsExactly(499f, 374f, 249f, 124f);
        assertThat(short500.endOf(Expert.HIGH)).isEqualTo(2);
        assertThatThrownBy(() -> DenoisePlan.of(SolverKind.UNIPC, SigmaGrid.WAN, 501, 1, null, 500))
                .hasMessage("The number of steps must be 1 to 500, found 501.");
        assertThatThrownBy(() -> DenoisePlan.of(SolverKind.UNIPC, SigmaGrid.WAN, 1, 1, null, 1))
                .hasMessage("A model is trained with at least 2 timesteps, found 1.");
    }

    /** transformer-and-text.md §8.2, the official defaults; the bar is the switch of experts. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "40, 12, 0.875, 999 997 995 993 990 988 985 982 979 976 972 969 965 961 956 952 947 941 936 929 922 915 907 898 888 877"
                        + " | 865 852 837 819 799 776 749 717 678 631 571 492 386 235",
                "40, 5, 0.9, 999 994 989 983 978 972 965 959 952 944 937 929 920 911 902"
                        + " | 892 882 870 859 846 833 818 803 786 768 749 728 706 681 654 624 591 555 514 468 416 356 288 208 113",
                "50, 5, -, 999 995 991 987 982 978 973 968 963 957 952 946 940 934 927 920 913 906 898 890 882 873 863 854 843 833 821"
                        + " 809 796 783 768 753 737 720 701 681 660 636 611 584 555 522 487 448 405 356 302 241 172 92",
            })
    void officialDefaults(int steps, double shift, @Nullable Double boundary, String timesteps) {
        assertThat(timesteps(DenoisePlan.of(steps, shift, SigmaGrid.WAN, boundary)))
                .isEqualTo(timesteps);
    }

    /** transformer-and-text.md §1.4. */
    @ParameterizedTest
    @CsvSource({
        "WAN, 40, 12, 0.875, 26",
        "WAN, 20, 12, 0.875, 13",
        "WAN, 40, 3, 0.875, 12",
        "DIFFUSERS, 40, 3, 0.875, 13",
        "WAN, 40, 5, 0.9, 15",
        "WAN, 20, 5, 0.9, 8",
        "WAN, 40, 3, 0.9, 10",
        "DIFFUSERS, 40, 3, 0.9, 11",
        "WAN, 4, 5, 0.9, 2",
        "WAN, 4, 5, 0.875, 2",
    })
    void stepsOfTheHighNoiseExpert(SigmaGrid grid, int steps, double shift, double boundary, int high) {
        DenoisePlan plan = DenoisePlan.of(steps, shift, grid, boundary);
        assertThat(plan.endOf(Expert.HIGH)).isEqualTo(high);
        assertThat(plan.endOf(Expert.LOW)).isEqualTo(steps);
        assertThat(plan.endOf(Expert.ONLY)).isZero();
    }

    @ParameterizedTest
    @MethodSource("io.wanstreams.inference.GoldenCase#all")
    void plansOfTheReference(GoldenCase golden) {
        JsonNode request = golden.settings();
        JsonNode boundary = request.get("boundary");
        DenoisePlan plan = DenoisePlan.of(
                request.get("steps").intValue(),
                request.get("flow_shift").doubleValue(),
                SigmaGrid.DIFFUSERS,
                boundary.isNull() ? null : boundary.doubleValue());
        float[] sigmas = new ObjectMapper().convertValue(request.get("sigmas"), float[].class);
        int[] timesteps = new ObjectMapper().convertValue(request.get("timesteps"), int[].class);
        assertThat(plan.sigmas()).containsExactly(sigmas);
        assertThat(plan.steps().stream().mapToInt(step -> (int) step.timestep()))
                .containsExactly(box(timesteps));
    }

    /** Two steps may be told the same timestep: the loop must not look steps up by it. */
    @Test
    void timestepsMayRepeat() {
        DenoisePlan plan = DenoisePlan.of(100, 12, SigmaGrid.WAN, 0.875);
        assertThat(plan.steps().get(0).timestep()).isEqualTo(plan.steps().get(1).timestep());
        assertThat(plan.steps()).extracting(DenoiseStep::index).startsWith(0, 1, 2);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "0, 5, -, 'The number of steps must be 1 to 1000, found 0.'",
                "1001, 5, -, 'The number of steps must be 1 to 1000, found 1001.'",
                "4, 0, -, 'The flow shift must be above 0, found 0.0.'",
                "4, NaN, -, 'The flow shift must be above 0, found NaN.'",
                "4, 5, 1.5, 'The boundary ratio must be 0 to 1, found 1.5.'",
                "4, 1e9, -, 'Sigmas must fall from below 1 to 0, but step 0 has 1.0 and is followed by 1.0; take fewer steps or a smaller flow shift.'",
            })
    void refusesWhatNoSolverCanWalk(int steps, double shift, @Nullable Double boundary, String message) {
        assertThatThrownBy(() -> DenoisePlan.of(steps, shift, SigmaGrid.WAN, boundary))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static float[] floats(String words) {
        String[] each = words.split(" ");
        float[] values = new float[each.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.parseFloat(each[i]);
        }
        return values;
    }

    private static Integer[] box(int[] values) {
        return Arrays.stream(values).boxed().toArray(Integer[]::new);
    }

    private static String timesteps(DenoisePlan plan) {
        StringBuilder out = new StringBuilder();
        for (DenoiseStep step : plan.steps()) {
            boolean first = step.index() == 0;
            boolean turns = !first && plan.steps().get(step.index() - 1).expert() != step.expert();
            out.append(first ? "" : turns ? " | " : " ").append((int) step.timestep());
        }
        return out.toString();
    }
}
