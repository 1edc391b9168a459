package io.wanstreams.inference.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.wanstreams.inference.scheduler.UniPcCoefficients.Corrector;
import io.wanstreams.inference.scheduler.UniPcCoefficients.Predictor;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UniPcStepperTest {

    /** The printed values are double precision; the fp32 sigma of the references moves lambda 0 by 2.6e-5. */
    private static final Offset<Float> TOLERANCE = within(3e-5f);

    private final UniPcCoefficients golden =
            new UniPcCoefficients(DenoisePlan.of(4, 5, SigmaGrid.WAN, null).sigmas());

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
        float[] found = {golden.lambda(0), golden.lambda(1), golden.lambda(2), golden.lambda(3)};
        assertThat(found).containsExactly(floats("-8.5162056 -2.7040542 -1.6074379 -0.5094919"), TOLERANCE);
    }

    /** transformer-and-text.md §8.6: v = 0.5 x + t / 1000. */
    @ParameterizedTest
    @CsvSource({
        "WAN, .9062610 -.5468383 .1797113, .7653019 -.6129249 .0761885, .5369418 -.7030474 -.0830528, -.0205736 -.8732599 -.4469167",
        "DIFFUSERS, .9064311 -.5467533 .1798389, .7652844 -.6130877 .0760983, .5380747 -.7025810 -.0822532, -.0215356 -.8739057 -.4477206",
    })
    void toyTrajectory(SigmaGrid grid, String one, String two, String three, String four) {
        DenoisePlan plan = DenoisePlan.of(4, 5, grid, null);
        Solver solver = UniPcStepper.start(plan, new float[] {1, -0.5f, 0.25f});
        for (String expected : new String[] {one, two, three, four}) {
            solver.step(toyVelocity(plan, solver));
            assertThat(solver.latents()).containsExactly(floats(expected), within(1e-6f));
        }
        assertThat(solver.nextStep()).isEqualTo(4);
        assertThatThrownBy(() -> solver.step(new float[3])).hasMessage("All 4 steps of the plan are done.");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 9})
    void goesOnFromEveryStepToTheBit(int steps) {
        DenoisePlan plan = DenoisePlan.of(steps, 3, SigmaGrid.DIFFUSERS, 0.875);
        float[] noise = new float[37];
        Random random = new Random(1);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.nextGaussian();
        }
        float[] whole = finish(plan, UniPcStepper.start(plan, noise));
        for (int stop = 0; stop <= steps; stop++) {
            Solver first = UniPcStepper.start(plan, noise);
            while (first.nextStep() < stop) {
                first.step(toyVelocity(plan, first));
            }
            Map<String, float[]> saved = first.save();
            assertThat(finish(plan, UniPcStepper.restore(plan, stop, saved))).containsExactly(whole);
        }
    }

    @Test
    void savesWhatTheStepsSoFarLeave() {
        DenoisePlan plan = DenoisePlan.of(4, 5, SigmaGrid.WAN, null);
        Solver solver = UniPcStepper.start(plan, new float[] {1, 2});
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
        assertThatThrownBy(() -> UniPcStepper.restore(plan, 2, Map.of("latents", new float[3])))
                .hasMessageContaining("before step 2 needs tensor solver.last_sample with 3 values, found none");
        assertThatThrownBy(() -> UniPcStepper.restore(plan, 5, Map.of("latents", new float[3])))
                .hasMessageContaining("4 steps cannot go on from step 5");
        assertThatThrownBy(() -> UniPcStepper.start(plan, new float[3]).step(new float[2]))
                .hasMessageContaining("3, found 2");
    }

    private static float[] finish(DenoisePlan plan, Solver solver) {
        while (solver.nextStep() < plan.size()) {
            solver.step(toyVelocity(plan, solver));
        }
        return solver.latents();
    }

    private static float[] toyVelocity(DenoisePlan plan, Solver solver) {
        float[] velocity = solver.latents().clone();
        float timestep = plan.steps().get(solver.nextStep()).timestep();
        for (int i = 0; i < velocity.length; i++) {
            velocity[i] = 0.5f * velocity[i] + timestep / 1000;
        }
        return velocity;
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
