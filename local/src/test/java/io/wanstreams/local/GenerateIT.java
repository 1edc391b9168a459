package io.wanstreams.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wanstreams.cli.clip.ClipReader;
import io.wanstreams.tensors.Safetensors;
import io.wanstreams.tensors.SafetensorsWriter;
import io.wanstreams.tensors.Tensor;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./wan generate} with a reference checkpoint against what Diffusers made of it ({@code inference/src/test/golden/README.md}). */
class GenerateIT {

    private static final String CASE = "t2v-32x48x9";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void latentsAndFramesAreThoseOfTheReference() throws Exception {
        JsonNode golden =
                new ObjectMapper().readTree(Root.GOLDEN.resolve(CASE + ".json").toFile());
        Safetensors expected = Jobs.read(Root.GOLDEN.resolve(CASE + ".safetensors"));
        Path noise = directory.resolve("noise file.safetensors");
        Files.write(
                noise,
                SafetensorsWriter.of(Map.of("latents", expected.tensor("noise")))
                        .toBytes());
        Path video = directory.resolve("out file.mp4");
        Path latents = directory.resolve("latents.safetensors");
        Path frames = directory.resolve("frames.safetensors");

        WanProcess generate = WanProcess.wan(
                "generate",
                "--model",
                Root.GOLDEN.resolve(golden.path("checkpoint").asText()).toString(),
                "--preset",
                "diffusers",
                "--size",
                golden.path("width").asText() + "x" + golden.path("height").asText(),
                "--frames",
                golden.path("num_frames").asText(),
                "--steps",
                golden.path("steps").asText(),
                "--guidance-scale",
                golden.path("guidance_high").asText(),
                "--guidance-scale-2",
                golden.path("guidance_low").asText(),
                "--flow-shift",
                golden.path("flow_shift").asText(),
                "--boundary-ratio",
                golden.path("boundary").asText(),
                "--negative-prompt",
                golden.path("negative_prompt").asText(),
                "--noise",
                noise.toString(),
                "--save-latents",
                latents.toString(),
                "--save-frames",
                frames.toString(),
                "-o",
                video.toString(),
                golden.path("prompt").asText());

        assertThat(generate.exitCode()).as(generate.printed()).isZero();
        assertThat(generate.err()).isEmpty();
        assertThat(relativeDistance(Jobs.read(latents).tensor("latents"), expected.tensor("latents")))
                .isLessThan(1e-4);
        assertThat(peakSignalToNoise(Jobs.read(frames).tensor("frames"), expected.tensor("frames")))
                .isGreaterThanOrEqualTo(60);
        assertThat(ClipReader.facts(video).frames())
                .isEqualTo(golden.path("num_frames").asInt());
        assertThat(generate.printed())
                .contains("sum of compute")
                .contains("pipeline added")
                .contains(video.toString());
    }

    /** L2 distance relative to the expected values' length. */
    private static double relativeDistance(Tensor actual, Tensor expected) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        float[] a = actual.toFloats();
        float[] e = expected.toFloats();
        double difference = 0;
        double length = 0;
        for (int i = 0; i < e.length; i++) {
            difference += (a[i] - e[i]) * (double) (a[i] - e[i]);
            length += e[i] * (double) e[i];
        }
        return Math.sqrt(difference / length);
    }

    /** PSNR of bytes, in dB. */
    private static double peakSignalToNoise(Tensor actual, Tensor expected) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        ByteBuffer a = actual.bytes();
        ByteBuffer e = expected.bytes();
        double sum = 0;
        for (int i = 0; i < e.capacity(); i++) {
            int difference = (a.get(i) & 255) - (e.get(i) & 255);
            sum += difference * difference;
        }
        return sum == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(255.0 * 255 * e.capacity() / sum);
    }
}
