package io.wanstreams.inference.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.wanstreams.inference.scheduler.UniPcCoefficients.Corrector;
import io.wanstreams.inference.scheduler.UniPcCoefficients.Predictor;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UniPcTest {

    /** The printed values are double precision; the fp32 sigma of the references moves lambda 0 by 2.6e-5. */
    private static final Offset<Float> TOLERANCE = within(3e-5f);

    private static final NoiseLevels LEVELS =
            new NoiseLevels(DenoisePlan.of(4, 5, SigmaGrid.WAN, null).sigmas());

    private final UniPcCoefficients golden = new UniPcCoefficients(LEVELS);

    /** transformer-and-text.md §8.3, golden coefficients. */
    @ParameterizedTest
    @CsvSource({
        "0, 5.8121513, -0.9970090, 0, 1",
        "1, 1.0966163, -0.6660007, -5.3000774, 2",
        "2, 1.0979461, -0.6664445, -0.9987889, 2",
    })
    void predictors(int step, float h, float e, float r, int order) {
        Predictor p = golden.predictor(step);
        assertThat(new float[] {p.h(), p.e(), p.r()}).containsExactly(new float[] {h, e, r}, TOLERANCE);
        assertThat(p.order()).isEqualTo(order);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 0, 0, 0.5",
        "2, 2, -5.3000774, 0.0259392, 0.5636648",
        "3, 2, -0.9987889, 0.0817552, 0.5079532",
    })
    void correctors(int step, int order, float r, float p, float q) {
        Corrector c = golden.corrector(step);
        assertThat(new float[] {c.r(), c.p(), c.q()}).containsExactly(new float[] {r, p, q}, TOLERANCE);
        assertThat(c.order()).isEqualTo(order);
    }

    @Test
    void lambdas() {
        float[] found = {LEVELS.lambda(0), LEVELS.lambda(1), LEVELS.lambda(2), LEVELS.lambda(3)};
        assertThat(found).containsExactly(floats("-8.5162056 -2.7040542 -1.6074379 -0.5094919"), TOLERANCE);
    }

    @Test
    void savesWhatTheStepsSoFarLeave() {
        DenoisePlan plan = DenoisePlan.of(4, 5, SigmaGrid.WAN, null);
        Solver solver = Solver.start(plan, new float[] {1, 2});
        assertThat(solver.save()).containsOnlyKeys("latents");
        solver.step(new float[] {1, 1});
        assertThat(solver.save()).containsOnlyKeys("latents", "solver.last_sample", "solver.model_output.0");
        solver.step(new float[] {1, 1});
        assertThat(solver.save())
                .containsOnlyKeys("latents", "solver.last_sample", "solver.model_output.0", "solver.model_output.1");
    }

    @Test
    void refusesAStateWithoutItsHistory() {
        DenoisePlan plan = DenoisePlan.of(4, 5, SigmaGrid.WAN, null);
        assertThatThrownBy(() -> Solver.restore(plan, 2, Map.of("latents", new float[3])))
                .hasMessageContaining("before step 2 needs tensor solver.last_sample with 3 values, found none");
        assertThatThrownBy(() -> Solver.restore(plan, 5, Map.of("latents", new float[3])))
                .hasMessageContaining("4 steps cannot go on from step 5");
        assertThatThrownBy(() -> Solver.start(plan, new float[3]).step(new float[2]))
                .hasMessageContaining("3, found 2");
    }

    private static float[] floats(String words) {
        String[] each = words.split(" ");
        float[] values = new float[each.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.parseFloat(each[i]);
        }
        return values;
    }
}
