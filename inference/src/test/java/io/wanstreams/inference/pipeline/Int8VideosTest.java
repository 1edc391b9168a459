package io.wanstreams.inference.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wanstreams.inference.GoldenCase;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.checkpoint.Precision;
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
import io.wanstreams.inference.transformer.TransformerSetup;
import io.wanstreams.inference.umt5.TextEncoder;
import io.wanstreams.inference.vae.DecodedFrame;
import io.wanstreams.inference.vae.Difference;
import io.wanstreams.inference.vae.VaeDecoder;
import io.wanstreams.tensors.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What int8 changes on the trained demo model: the first velocity, and short videos to their end; prints both. */
@Tag("slow")
class Int8VideosTest {

    private static final SessionSettings SETTINGS = SessionSettings.defaults().arena(true);
    private static final int FRAMES = 5;
    private static final List<String> PROMPTS = List.of(
            "a red ball bouncing on a green field",
            "a blue star rising over the sea",
            "a yellow square moving left on a black background",
            "a green triangle falling on a white background",
            "a white ball moving right on a blue background",
            "an orange star spinning on a grey field",
            "a purple square rising on a yellow background",
            "a black triangle moving left over the sand");

    @TempDir
    static Path cache;

    @Test
    void staysCloseToF32() throws IOException {
        Path demo = Path.of(System.getProperty("wan.root"), "demo-model");
        Checkpoint checkpoint = Checkpoint.open(demo, cache);
        JsonNode defaults =
                new ObjectMapper().readTree(demo.resolve("card.json").toFile()).get("defaults");
        List<Tensor> texts = encode(checkpoint);
        Run run = new Run(checkpoint, defaults, texts);
        List<List<float[]>> exact = run.latents(Precision.FP32);
        List<List<float[]>> rounded = run.latents(Precision.INT8);

        double velocity =
                GoldenCase.relativeError(rounded.get(0).get(0), exact.get(0).get(0));
        List<Double> psnr = new ArrayList<>();
        try (VaeDecoder decoder = VaeDecoder.open(checkpoint, Device.CPU, SETTINGS)) {
            for (int i = 0; i < PROMPTS.size(); i++) {
                psnr.add(Difference.psnr(
                        frames(run, decoder, rounded.get(i).get(1)),
                        frames(run, decoder, exact.get(i).get(1))));
            }
        }
        psnr.sort(null);
        double median = (psnr.get(3) + psnr.get(4)) / 2;
        System.out.println("int8 demo model: first velocity " + 100 * velocity + " %, frames: median " + median
                + " dB, worst " + psnr.get(0) + " dB");
        assertThat(velocity).isLessThanOrEqualTo(0.05);
        assertThat(median).isGreaterThanOrEqualTo(28);
    }

    private static List<Tensor> encode(Checkpoint checkpoint) {
        List<Tensor> texts = new ArrayList<>();
        try (Tokenizer tokenizer = Tokenizer.open(checkpoint.tokenizer(), Tokenizer.MAX_TOKENS);
                TextEncoder encoder = TextEncoder.open(checkpoint, Device.CPU, SETTINGS)) {
            Prompts prompts = new Prompts(tokenizer, encoder::encode);
            PROMPTS.forEach(prompt -> texts.add(prompts.rows(prompt)));
            texts.add(prompts.rows(""));
        }
        return texts;
    }

    private record Run(Checkpoint checkpoint, JsonNode defaults, List<Tensor> texts) {

        LatentShape shape() {
            int stride = checkpoint.vae().spatialStride();
            return new LatentShape(
                    checkpoint.vae().latentChannels(),
                    (FRAMES - 1) / checkpoint.vae().temporalStride() + 1,
                    defaults.get("height").intValue() / stride,
                    defaults.get("width").intValue() / stride);
        }

        // Of each prompt the first velocity and the last latents.
        List<List<float[]>> latents(Precision precision) {
            DenoisePlan plan = DenoisePlan.of(
                    defaults.get("num_inference_steps").intValue(),
                    defaults.get("flow_shift").doubleValue(),
                    SigmaGrid.WAN,
                    checkpoint.index().boundaryRatio().orElseThrow());
            List<List<float[]>> all = new ArrayList<>();
            try (Transformer high = Transformer.openHighNoise(checkpoint, setup(precision));
                    Transformer low = Transformer.openLowNoise(checkpoint, setup(precision))) {
                for (int i = 0; i < PROMPTS.size(); i++) {
                    float[] noise = TorchNoise.randn(i, shape().elements());
                    Solver solver = Solver.start(plan, noise);
                    GuidedModel guided = guided(high, texts.get(i));
                    float[] velocity =
                            guided.velocity(noise, plan.steps().get(0).timestep());
                    DenoiseLoop.run(
                            plan,
                            solver,
                            Map.of(Expert.HIGH, guided, Expert.LOW, guided(low, texts.get(i))),
                            (step, at) -> true);
                    all.add(List.of(velocity, solver.latents()));
                }
            }
            return all;
        }

        private static TransformerSetup setup(Precision precision) {
            return TransformerSetup.floats(Device.CPU, SETTINGS)
                    .precision(precision)
                    .textCacheBytes(1 << 28);
        }

        private GuidedModel guided(Transformer transformer, Tensor text) {
            VelocityModel model = (latents, timestep, rows) ->
                    transformer.predict(latents, shape(), Timestep.of(timestep), rows, new Cancellation());
            return new GuidedModel(
                    model, new Guidance(defaults.get("guidance_scale").floatValue()), text, texts.get(PROMPTS.size()));
        }
    }

    private static byte[] frames(Run run, VaeDecoder decoder, float[] latents) {
        LatentShape shape = run.shape();
        List<DecodedFrame> frames = new ArrayList<>();
        decoder.decode(latents, shape.frames(), shape.height(), shape.width(), frames::add, new Cancellation());
        return Difference.bytes(frames);
    }
}
