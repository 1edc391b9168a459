package io.wanstreams.inference.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.inference.scheduler.DenoisePlan;
import io.wanstreams.inference.scheduler.DenoiseStep;
import io.wanstreams.inference.scheduler.Expert;
import io.wanstreams.inference.scheduler.Guidance;
import io.wanstreams.inference.scheduler.SigmaGrid;
import io.wanstreams.inference.scheduler.Solver;
import io.wanstreams.tensors.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DenoiseLoopTest {

    private static final Tensor PROMPT = Tensor.of(new float[] {1}, 1, 1);
    private static final Tensor NEGATIVE = Tensor.of(new float[] {-1}, 1, 1);
    private static final float[] NOISE = {1, -0.5f, 0.25f};

    /** Steps 0 and 1 are for HIGH, 2 and 3 for LOW. */
    private final DenoisePlan plan = DenoisePlan.of(4, 5, SigmaGrid.WAN, 0.9);

    private final List<String> passes = new ArrayList<>();
    private final List<Integer> reported = new ArrayList<>();

    @Test
    void everyStepAsksItsExpertWithAndWithoutThePrompt() {
        Solver solver = Solver.start(plan, NOISE);
        boolean done = DenoiseLoop.run(plan, solver, Map.of(Expert.HIGH, high(4), Expert.LOW, low(3)), this::report);
        assertThat(done).isTrue();
        assertThat(passes)
                .containsExactly(
                        "high+ 999",
                        "high- 999",
                        "high+ 937",
                        "high- 937",
                        "low+ 833",
                        "low- 833",
                        "low+ 624",
                        "low- 624");
        assertThat(reported).containsExactly(0, 1, 2, 3);
    }

    @Test
    void aScaleOfOneLeavesTheSecondPassOut() {
        GuidedModel single = new GuidedModel(model("high", 2), new Guidance(1), PROMPT, null);
        DenoiseLoop.run(plan, Solver.start(plan, NOISE), Map.of(Expert.HIGH, single), this::report);
        assertThat(passes).containsExactly("high+ 999", "high+ 937");
    }

    @Test
    void theGuidanceOfTheStepsExpertCounts() {
        float[] four = new float[3];
        Solver solver = Solver.start(plan, NOISE);
        DenoiseLoop.run(plan, solver, Map.of(Expert.HIGH, high(4)), (step, at) -> {
            System.arraycopy(at.latents(), 0, four, 0, 3);
            return false;
        });
        Solver byHand = Solver.start(plan, NOISE);
        float[] with = model("", 2).predict(NOISE, 999, PROMPT);
        float[] without = model("", 2).predict(NOISE, 999, NEGATIVE);
        byHand.step(new Guidance(4).combine(with, without));
        assertThat(four).containsExactly(byHand.latents());
    }

    @Test
    void stagesOfOneExpertEachGiveTheSameBitsAsOneLoop() {
        Solver whole = Solver.start(plan, NOISE);
        DenoiseLoop.run(plan, whole, Map.of(Expert.HIGH, high(4), Expert.LOW, low(3)), this::report);

        Solver first = Solver.start(plan, NOISE);
        assertThat(DenoiseLoop.run(plan, first, Map.of(Expert.HIGH, high(4)), this::report))
                .isTrue();
        assertThat(first.nextStep()).isEqualTo(plan.endOf(Expert.HIGH)).isEqualTo(2);
        Solver second = Solver.restore(plan, first.nextStep(), first.save());
        assertThat(DenoiseLoop.run(plan, second, Map.of(Expert.LOW, low(3)), this::report))
                .isTrue();
        assertThat(second.latents()).containsExactly(whole.latents());
    }

    @Test
    void theListenerEndsItBetweenTwoSteps() {
        Solver solver = Solver.start(plan, NOISE);
        boolean done = DenoiseLoop.run(plan, solver, Map.of(Expert.HIGH, high(4)), (step, at) -> step.index() < 0);
        assertThat(done).isFalse();
        assertThat(solver.nextStep()).isEqualTo(1);
    }

    @Test
    void guidanceWithoutANegativePromptIsRefused() {
        assertThatThrownBy(() -> new GuidedModel(model("x", 1), new Guidance(2), PROMPT, null))
                .hasMessageContaining("guidance scale of 2.0 needs an encoded negative prompt");
    }

    private boolean report(DenoiseStep step, Solver solver) {
        assertThat(solver.nextStep()).isEqualTo(step.index() + 1);
        return reported.add(step.index());
    }

    private GuidedModel high(float scale) {
        return new GuidedModel(model("high", 2), new Guidance(scale), PROMPT, NEGATIVE);
    }

    private GuidedModel low(float scale) {
        return new GuidedModel(model("low", 3), new Guidance(scale), PROMPT, NEGATIVE);
    }

    private VelocityModel model(String name, float slope) {
        return (latents, timestep, text) -> {
            passes.add(name + (text.equals(PROMPT) ? "+" : "-") + " " + (int) timestep);
            float[] velocity = latents.clone();
            for (int i = 0; i < velocity.length; i++) {
                velocity[i] = velocity[i] / slope + text.floats().get(0) * timestep / 1000;
            }
            return velocity;
        };
    }
}
