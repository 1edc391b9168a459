package io.wanstreams.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class InspectionTest {

    private static final String DEMO = Path.of("..", "demo-model").toString();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void saysWhatACheckpointIsAndThatItFits() {
        assertThat(run(DEMO)).isZero();
        assertThat(text())
                .contains("WanPipeline", "text_encoder", "transformer", "vae", "parameters")
                .contains("encode", "denoise", "decode", "Can run here");
    }

    @Test
    void saysThatAVideoIsTooLargeForThisMachineWithTheNumbers() {
        assertThat(run(DEMO, "--size", "16384x16384", "--frames", "401")).isZero();
        assertThat(text()).contains("Cannot run here: d").contains("GiB, this machine has ");
    }

    @Test
    void moreFramesNeedMoreMemoryToDenoise() {
        run(DEMO, "--size", "1024x1024", "--frames", "5");
        String few = line("denoise");
        out.reset();
        run(DEMO, "--size", "1024x1024", "--frames", "81");
        assertThat(line("denoise")).isNotEqualTo(few);
    }

    @Test
    void saysWhatImagesAndPrecisionTake() {
        Path golden = Root.GOLDEN.resolve("i2v");
        assertThat(run(golden.toString(), "--size", "832x480", "--frames", "81"))
                .isZero();
        assertThat(text()).contains("encode, image", "transformers in fp32").doesNotContain("with an image");
        out.reset();
        run(Root.GOLDEN.resolve("ti2v").toString(), "--size", "832x480", "--frames", "81");
        assertThat(text()).contains("encode, image", "denoise, with an image");
        out.reset();
        assertThat(run(DEMO, "--precision", "int8")).isZero();
        assertThat(text()).contains("transformers in int8");
        out.reset();
        assertThat(run(DEMO, "--precision", "half")).isNotZero();
        assertThat(run(DEMO, "--precision", "bf16")).isNotZero();
    }

    private int run(String... arguments) {
        Terminal terminal = new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), 0);
        return new CommandLine(new InspectCommand(terminal)).execute(arguments);
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String line(String stage) {
        return text().lines()
                .filter(line -> line.strip().startsWith(stage))
                .findFirst()
                .orElseThrow();
    }
}
