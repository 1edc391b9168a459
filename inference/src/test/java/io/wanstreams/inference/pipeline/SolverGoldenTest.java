package io.wanstreams.inference.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.wanstreams.inference.ExtraGolden;
import io.wanstreams.inference.GoldenCase;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.scheduler.DenoisePlan;
import io.wanstreams.inference.scheduler.Expert;
import io.wanstreams.inference.scheduler.Guidance;
import io.wanstreams.inference.scheduler.SigmaGrid;
import io.wanstreams.inference.scheduler.Solver;
import io.wanstreams.inference.scheduler.SolverKind;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.transformer.LatentShape;
import io.wanstreams.inference.transformer.Timestep;
import io.wanstreams.inference.transformer.Transformer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A whole case with Diffusers' other solvers; prints the errors. */
class SolverGoldenTest {

    private static final SessionSettings SETTINGS = SessionSettings.defaults();

    @ParameterizedTest
    @CsvSource({"DPM_SOLVER, dpm++", "EULER, euler"})
    void latentsAreThoseOfTheReference(SolverKind kind, String name, @TempDir Path cache) {
        GoldenCase golden = GoldenCase.read("t2v-32x48x9");
        ExtraGolden extra = ExtraGolden.read("solvers-and-tiles");
        JsonNode request = golden.settings();
        DenoisePlan plan = DenoisePlan.of(
                kind,
                SigmaGrid.DIFFUSERS,
                request.get("steps").intValue(),
                request.get("flow_shift").doubleValue(),
                request.get("boundary").doubleValue(),
                1000);
        assertThat(plan.sigmas()).containsExactly(extra.floats(name + ".sigmas"), within(1e-7f));
        float[] timesteps = extra.floats(name + ".timesteps");
        plan.steps().forEach(step -> assertThat(step.timestep()).isEqualTo(timesteps[step.index()], within(1e-4f)));

        Checkpoint checkpoint = Checkpoint.open(golden.checkpoint(), cache);
        Solver solver = Solver.start(plan, golden.floats("noise"));
        try (Transformer high = Transformer.openHighNoise(checkpoint, Device.CPU, SETTINGS);
                Transformer low = Transformer.openLowNoise(checkpoint, Device.CPU, SETTINGS)) {
            DenoiseLoop.run(
                    plan,
                    solver,
                    Map.of(
                            Expert.HIGH, guided(golden, high, "guidance_high"),
                            Expert.LOW, guided(golden, low, "guidance_low")),
                    (step, at) -> true);
        }
        double error = GoldenCase.relativeError(solver.latents(), extra.floats(name + ".latents"));
        System.out.printf("golden solver %-6s final latents %.1e%n", name, error);
        assertThat(error).isLessThanOrEqualTo(1e-4);
    }

    private static GuidedModel guided(GoldenCase golden, Transformer transformer, String scale) {
        int[] dims = golden.shape("latents");
        LatentShape shape = new LatentShape(dims[0], dims[1], dims[2], dims[3]);
        VelocityModel model = (latents, timestep, text) ->
                transformer.predict(latents, shape, Timestep.of(timestep), text, new Cancellation());
        return new GuidedModel(
                model,
                new Guidance(golden.settings().get(scale).floatValue()),
                golden.tensor("prompt_embeds"),
                golden.tensor("negative_embeds"));
    }
}
