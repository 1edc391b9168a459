package io.wanstreams.inference.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wanstreams.inference.GoldenCase;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.image.ImageConditioner;
import io.wanstreams.inference.noise.TorchNoise;
import io.wanstreams.inference.scheduler.DenoisePlan;
import io.wanstreams.inference.scheduler.Expert;
import io.wanstreams.inference.scheduler.Guidance;
import io.wanstreams.inference.scheduler.SigmaGrid;
import io.wanstreams.inference.scheduler.Solver;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.text.Tokenizer;
import io.wanstreams.inference.transformer.LatentShape;
import io.wanstreams.inference.transformer.Timestep;
import io.wanstreams.inference.transformer.Transformer;
import io.wanstreams.inference.umt5.TextEncoder;
import io.wanstreams.inference.vae.DecodedFrame;
import io.wanstreams.inference.vae.Difference;
import io.wanstreams.inference.vae.VaeDecoder;
import io.wanstreams.inference.vae.VaeEncoder;
import io.wanstreams.tensors.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From the prompt to the frames, stage by stage and with nothing but our own parts, against Diffusers; prints the errors. */
class GoldenPipelineTest {

    private static final SessionSettings SETTINGS = SessionSettings.defaults();

    @TempDir
    static Path cache;

    @ParameterizedTest
    @MethodSource("io.wanstreams.inference.GoldenCase#all")
    void everyStageGivesWhatTheReferenceGave(GoldenCase golden) {
        Checkpoint checkpoint = Checkpoint.open(golden.checkpoint(), cache);
        Tensor[] text = encode(golden, checkpoint);
        double textError = GoldenCase.relativeError(text[0].toFloats(), golden.floats("prompt_embeds"));

        ImageConditioning image = condition(golden, checkpoint);
        List<Double> stepErrors = new ArrayList<>();
        float[] latents = image.finished(denoise(golden, checkpoint, text, image, stepErrors));
        double latentError = GoldenCase.relativeError(latents, golden.floats("latents"));

        List<DecodedFrame> frames = decode(golden, checkpoint, latents);
        double psnr = Difference.psnr(Difference.bytes(frames), golden.uint8("frames"));
        double worstStep = stepErrors.stream().mapToDouble(error -> error).max().orElseThrow();
        System.out.printf(
                "golden pipeline %-20s text %.1e, latents: worst step %.1e, final %.1e, frames %.1f dB%n",
                golden, textError, worstStep, latentError, psnr);

        assertThat(textError).isLessThanOrEqualTo(1e-5);
        assertThat(stepErrors).hasSize(golden.settings().get("steps").intValue());
        assertThat(worstStep).isLessThanOrEqualTo(1e-4);
        assertThat(latentError).isLessThanOrEqualTo(1e-4);
        assertThat(psnr).isGreaterThanOrEqualTo(60);
    }

    private static Tensor[] encode(GoldenCase golden, Checkpoint checkpoint) {
        try (Tokenizer tokenizer = Tokenizer.open(checkpoint.tokenizer(), Tokenizer.MAX_TOKENS);
                TextEncoder encoder = TextEncoder.open(checkpoint, Device.CPU, SETTINGS)) {
            Prompts prompts = new Prompts(tokenizer, encoder::encode);
            assertThat(prompts.ids(golden.text("prompt"))).containsExactly(golden.ids("prompt_ids"));
            assertThat(prompts.ids(golden.text("negative_prompt"))).containsExactly(golden.ids("negative_ids"));
            return new Tensor[] {prompts.rows(golden.text("prompt")), prompts.rows(golden.text("negative_prompt"))};
        }
    }

    /** With the reference's pixels and our autoencoder. */
    private static ImageConditioning condition(GoldenCase golden, Checkpoint checkpoint) {
        if (!golden.has("image_pixels")) {
            return new ImageConditioning.None();
        }
        int[] latents = golden.shape("latents");
        int height = golden.settings().get("height").intValue();
        int width = golden.settings().get("width").intValue();
        int frames = golden.settings().get("num_frames").intValue();
        float[] image = golden.floats("image_pixels");
        float[] last = golden.has("last_pixels") ? golden.floats("last_pixels") : null;
        try (VaeEncoder encoder = VaeEncoder.open(checkpoint, Device.CPU, SETTINGS)) {
            ImageConditioner conditioner = new ImageConditioner(encoder);
            return checkpoint.index().expandTimesteps()
                    ? new ImageConditioning.FirstFrame(
                            conditioner
                                    .firstFrame(image, height, width, new Cancellation())
                                    .toFloats(),
                            latents[1],
                            latents[2] * latents[3])
                    : new ImageConditioning.Channels(conditioner
                            .masked(image, last, frames, height, width, new Cancellation())
                            .toFloats());
        }
    }

    private static float[] denoise(
            GoldenCase golden, Checkpoint checkpoint, Tensor[] text, ImageConditioning image, List<Double> stepErrors) {
        JsonNode request = golden.settings();
        JsonNode boundary = request.get("boundary");
        DenoisePlan plan = DenoisePlan.of(
                request.get("steps").intValue(),
                request.get("flow_shift").doubleValue(),
                SigmaGrid.DIFFUSERS,
                boundary.isNull() ? null : boundary.doubleValue());
        int[] dims = golden.shape("latents");
        LatentShape shape = new LatentShape(dims[0], dims[1], dims[2], dims[3]);
        Solver solver = Solver.start(plan, TorchNoise.randn(request.get("seed").longValue(), shape.elements()));
        for (Expert expert : boundary.isNull() ? List.of(Expert.ONLY) : List.of(Expert.HIGH, Expert.LOW)) {
            Solver stage = Solver.restore(plan, solver.nextStep(), solver.save());
            String scale = expert == Expert.LOW ? "guidance_low" : "guidance_high";
            Guidance guidance = new Guidance(request.get(scale).floatValue());
            try (Transformer transformer = open(expert, checkpoint)) {
                GuidedModel guided = new GuidedModel(model(transformer, shape, image), guidance, text[0], text[1]);
                DenoiseLoop.run(plan, stage, Map.of(expert, guided), (step, at) -> {
                    stepErrors.add(GoldenCase.relativeError(at.latents(), golden.floats("latents." + step.index())));
                    return true;
                });
            }
            solver = stage;
        }
        return solver.latents();
    }

    private static Transformer open(Expert expert, Checkpoint checkpoint) {
        return expert == Expert.LOW
                ? Transformer.openLowNoise(checkpoint, Device.CPU, SETTINGS)
                : Transformer.openHighNoise(checkpoint, Device.CPU, SETTINGS);
    }

    private static VelocityModel model(Transformer transformer, LatentShape latents, ImageConditioning image) {
        LatentShape shape =
                new LatentShape(transformer.config().inChannels(), latents.frames(), latents.height(), latents.width());
        return image.of((values, timestep, clean, text) ->
                transformer.predict(values, shape, new Timestep(timestep, clean), text, new Cancellation()));
    }

    private static List<DecodedFrame> decode(GoldenCase golden, Checkpoint checkpoint, float[] latents) {
        int[] shape = golden.shape("latents");
        List<DecodedFrame> frames = new ArrayList<>();
        try (VaeDecoder decoder = VaeDecoder.open(checkpoint, Device.CPU, SETTINGS)) {
            decoder.decode(latents, shape[1], shape[2], shape[3], frames::add, new Cancellation());
        }
        return frames;
    }
}
