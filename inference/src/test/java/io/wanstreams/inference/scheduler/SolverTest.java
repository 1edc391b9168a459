package io.wanstreams.inference.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SolverTest {

    /** transformer-and-text.md §8.6: v = 0.5 x + t / 1000. */
    @ParameterizedTest
    @CsvSource({
        "UNIPC, WAN, .9062610 -.5468383 .1797113, .7653019 -.6129249 .0761885, .5369418 -.7030474 -.0830528, -.0205736 -.8732599 -.4469167",
        "UNIPC, DIFFUSERS, .9064311 -.5467533 .1798389, .7652844 -.6130877 .0760983, .5380747 -.7025810 -.0822532, -.0215356 -.8739057 -.4477206",
        "DPM_SOLVER, WAN, .9062500 -.5468750 .1796875, .7614453 -.6159961 .0727246, .5269617 -.7109381 -.0919882, -.0283388 -.8793949 -.4538669",
        "DPM_SOLVER, DIFFUSERS, .9062610 -.5468383 .1797113, .7624657 -.6151503 .0736577, .5279403 -.7101158 -.0910878, -.0267634 -.8781205 -.4524420",
        "EULER, DIFFUSERS, .8645607 -.5677196 .1484205, .6063762 -.6881262 -.0408750, -.1007356 -.9467554 -.5237455, -.1001020 -.9357944 -.5179482",
    })
    void toyTrajectory(SolverKind kind, SigmaGrid grid, String one, String two, String three, String four) {
        DenoisePlan plan = DenoisePlan.of(kind, grid, 4, 5, null, 1000);
        Solver solver = Solver.start(plan, new float[] {1, -0.5f, 0.25f});
        for (String expected : new String[] {one, two, three, four}) {
            solver.step(toyVelocity(plan, solver));
            assertThat(solver.latents()).containsExactly(floats(expected), within(1e-6f));
        }
        assertThat(solver.nextStep()).isEqualTo(4);
        assertThatThrownBy(() -> solver.step(new float[3])).hasMessage("All 4 steps of the plan are done.");
    }

    @Property(tries = 300)
    void goesOnFromEveryStepToTheBit(
            @ForAll SolverKind kind,
            @ForAll SigmaGrid grid,
            @ForAll @IntRange(min = 1, max = 12) int steps,
            @ForAll @DoubleRange(min = 0.5, max = 16) double shift,
            @ForAll long seed) {
        DenoisePlan plan = DenoisePlan.of(kind, grid, steps, shift, 0.875, 1000);
        float[] noise = new float[37];
        Random random = new Random(seed);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.nextGaussian();
        }
        float[] whole = finish(plan, Solver.start(plan, noise));
        Solver interrupted = Solver.start(plan, noise);
        for (int stop = 0; stop <= steps; stop++) {
            interrupted = Solver.restore(plan, stop, interrupted.save());
            assertThat(finish(plan, Solver.restore(plan, stop, interrupted.save())))
                    .containsExactly(whole);
            if (stop < steps) {
                interrupted.step(toyVelocity(plan, interrupted));
            }
        }
    }

    @Test
    void savesNoMoreThanItNeeds() {
        Solver dpm = start(SolverKind.DPM_SOLVER);
        assertThat(dpm.save()).containsOnlyKeys("latents");
        dpm.step(new float[] {1, 1});
        dpm.step(new float[] {1, 1});
        assertThat(dpm.save()).containsOnlyKeys("latents", "solver.model_output.0");
        Solver euler = start(SolverKind.EULER);
        euler.step(new float[] {1, 1});
        assertThat(euler.save()).containsOnlyKeys("latents");
    }

    @Test
    void refusesAnothersState() {
        DenoisePlan plan = DenoisePlan.of(SolverKind.DPM_SOLVER, SigmaGrid.WAN, 4, 5, null, 1000);
        Solver euler = start(SolverKind.EULER);
        euler.step(new float[] {1, 1});
        assertThatThrownBy(() -> Solver.restore(plan, 1, euler.save()))
                .hasMessageContaining("DPM_SOLVER before step 1 needs tensor solver.model_output.0 with 2 values");
        assertThatThrownBy(() -> start(SolverKind.EULER).step(new float[3])).hasMessageContaining("2, found 3");
        assertThatThrownBy(() -> start(SolverKind.DPM_SOLVER).step(new float[3]))
                .hasMessageContaining("2, found 3");
        assertThatThrownBy(() -> Solver.restore(plan, 0, Map.of())).hasMessageContaining("needs tensor latents");
    }

    private static Solver start(SolverKind kind) {
        return Solver.start(DenoisePlan.of(kind, SigmaGrid.WAN, 4, 5, null, 1000), new float[] {1, 2});
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
