package io.wanstreams.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wanstreams.cli.clip.ClipReader;
import io.wanstreams.tensors.Safetensors;
import io.wanstreams.tensors.SafetensorsWriter;
import io.wanstreams.tensors.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code ./wan generate} with a case that Diffusers has run ({@code inference/src/test/golden/README.md}), its noise included. */
final class GoldenRun {

    private final JsonNode golden;
    private final Safetensors expected;
    private final Path directory;

    GoldenRun(String name, Path directory) throws IOException {
        this.golden =
                new ObjectMapper().readTree(Root.GOLDEN.resolve(name + ".json").toFile());
        this.expected = Jobs.read(Root.GOLDEN.resolve(name + ".safetensors"));
        this.directory = directory;
    }

    Tensor expected(String tensor) {
        return expected.tensor(tensor);
    }

    Tensor latents() throws IOException {
        return Jobs.read(file("latents.safetensors")).tensor("latents");
    }

    Tensor frames() throws IOException {
        return Jobs.read(file("frames.safetensors")).tensor("frames");
    }

    Path video() {
        return file("out file.mp4");
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    /** Runs it, with these options besides; of options that are said twice the last counts nowhere, so say none twice. */
    WanProcess run(String... more) throws IOException, InterruptedException {
        return run(golden.path("steps").asInt(), golden.path("guidance_high").asText(), more);
    }

    WanProcess run(int steps, String guidance, String... more) throws IOException, InterruptedException {
        Path noise = file("noise file.safetensors");
        Files.write(
                noise,
                SafetensorsWriter.of(Map.of("latents", expected.tensor("noise")))
                        .toBytes());
        List<String> arguments = new ArrayList<>(List.of(
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
                Integer.toString(steps),
                "--guidance-scale",
                guidance,
                "--flow-shift",
                golden.path("flow_shift").asText(),
                "--negative-prompt",
                golden.path("negative_prompt").asText(),
                "--noise",
                noise.toString(),
                "--save-latents",
                file("latents.safetensors").toString(),
                "--save-frames",
                file("frames.safetensors").toString(),
                "-o",
                video().toString()));
        if (golden.path("boundary").isNumber()) {
            arguments.addAll(List.of(
                    "--guidance-scale-2",
                    steps == 1 ? guidance : golden.path("guidance_low").asText(),
                    "--boundary-ratio",
                    golden.path("boundary").asText()));
        }
        arguments.addAll(List.of(more));
        arguments.add(golden.path("prompt").asText());
        WanProcess generate = WanProcess.wan(arguments.toArray(String[]::new));
        assertThat(generate.exitCode()).as(generate.printed()).isZero();
        assertThat(generate.err()).isEmpty();
        return generate;
    }

    /** Runs it and compares latents, frames and video with the reference. */
    WanProcess check(String... more) throws IOException, InterruptedException {
        WanProcess generate = run(more);
        assertThat(relativeDistance(latents(), expected("latents"))).isLessThan(1e-4);
        assertThat(peakSignalToNoise(frames(), expected("frames"))).isGreaterThanOrEqualTo(60);
        assertThat(ClipReader.facts(video()).frames())
                .isEqualTo(golden.path("num_frames").asInt());
        return generate;
    }

    /** L2 distance relative to the expected values' length. */
    static double relativeDistance(Tensor actual, Tensor expected) {
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
    static double peakSignalToNoise(Tensor actual, Tensor expected) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        return peakSignalToNoise(actual.bytes(), expected.bytes());
    }

    /** PSNR of as many bytes as are expected, in dB. */
    static double peakSignalToNoise(ByteBuffer a, ByteBuffer e) {
        double sum = 0;
        for (int i = 0; i < e.capacity(); i++) {
            int difference = (a.get(i) & 255) - (e.get(i) & 255);
            sum += difference * difference;
        }
        return sum == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(255.0 * 255 * e.capacity() / sum);
    }
}
