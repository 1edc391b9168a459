package io.wanstreams.contracts.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestValuesTest {

    @ParameterizedTest
    @CsvSource({"0, 32, 9, 12", "64, 0, 9, 12", "64, 32, 0, 12", "64, 32, 9, 0"})
    void aVideoHasSizeFramesAndARate(int width, int height, int frames, int fps) {
        assertThatThrownBy(() -> video(width, height, frames, fps, Duration.ofHours(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("width, height, num_frames and fps are at least 1, found " + width + ", " + height + ", "
                        + frames + ", " + fps);
    }

    @Test
    void aDeadlineLiesAhead() {
        for (Duration deadline : List.of(Duration.ZERO, Duration.ofMillis(-1))) {
            assertThatThrownBy(() -> video(64, 32, 9, 12, deadline))
                    .hasMessage("deadline is a positive duration, found " + deadline);
        }
    }

    @Test
    void theNumbersOfTheLoopAreNumbers() {
        double nan = Double.NaN;
        double infinite = Double.POSITIVE_INFINITY;
        assertThatThrownBy(() -> denoise(0, 1, 1, 1, 0.5)).hasMessage("num_inference_steps is at least 1, found 0");
        assertThatThrownBy(() -> denoise(1, nan, 1, 1, 0.5)).hasMessage("guidance_scale is a finite number");
        assertThatThrownBy(() -> denoise(1, 1, infinite, 1, 0.5)).hasMessage("guidance_scale_2 is a finite number");
        assertThatThrownBy(() -> denoise(1, 1, 1, -infinite, 0.5)).hasMessage("flow_shift is a finite number");
        assertThatThrownBy(() -> denoise(1, 1, 1, 1, nan)).hasMessage("boundary_ratio is a finite number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Demo", "a b", "a/b", "a_b", "ä", "0123456789012345678901234567890123456789012345678"})
    void aModelsNameIsASlug(String name) {
        ModelProfile.checkName("wan2.2-t2v-a14b");
        assertThatThrownBy(() -> ModelProfile.checkName(name))
                .hasMessage("a model's name is 1 to 48 of a-z, 0-9, '.' and '-', found '" + name + "'");
    }

    @Test
    void aLongNameIsCutInTheRefusal() {
        assertThatThrownBy(() -> ModelProfile.checkName("x".repeat(100_000)))
                .message()
                .hasSizeLessThan(200);
    }

    @Test
    void aTemplateLeavesNoTraceOfWhatIsAbsent() {
        assertThat(new PromptTemplate("a ball", "bounces", "on a field", "oil painting").text())
                .isEqualTo("a ball bounces on a field, oil painting");
        assertThat(new PromptTemplate(" a ball ", null, " ", "").text()).isEqualTo("a ball");
    }

    @Test
    void looksAreClosedListsOfWords() {
        assertThat(Lighting.parse("low-key").words()).isEqualTo("low-key lighting");
        assertThat(Composition.parse("close-up").words()).isEqualTo("close-up shot");
        assertThat(ColorTone.parse("warm").words()).isEqualTo("warm colors");
        for (Lighting value : Lighting.values()) {
            assertThat(Lighting.parse(value.toString())).isEqualTo(value);
        }
        for (Composition value : Composition.values()) {
            assertThat(Composition.parse(value.toString())).isEqualTo(value);
        }
        for (ColorTone value : ColorTone.values()) {
            assertThat(ColorTone.parse(value.toString())).isEqualTo(value);
        }
        assertThatThrownBy(() -> ColorTone.parse("WARM"))
                .hasMessage("expected one of warm, cool, neutral, saturated, desaturated, pastel, monochrome, sepia,"
                        + " mixed");
    }

    @Test
    void presetsAndGridsReadBack() {
        for (Preset preset : Preset.values()) {
            assertThat(Preset.parse(preset.toString())).isEqualTo(preset);
        }
        for (SigmaGrid grid : SigmaGrid.values()) {
            assertThat(SigmaGrid.parse(grid.toString())).isEqualTo(grid);
        }
        for (SchedulerChoice scheduler : SchedulerChoice.values()) {
            assertThat(SchedulerChoice.parse(scheduler.toString())).isEqualTo(scheduler);
        }
        for (ImageInput image : ImageInput.values()) {
            assertThat(ImageInput.parse(image.toString())).isEqualTo(image);
        }
        assertThatThrownBy(() -> SchedulerChoice.parse("ddim")).hasMessage("expected one of unipc, dpm++, euler");
        assertThatThrownBy(() -> Preset.parse("best")).hasMessage("expected one of wan, diffusers, lightning");
        assertThatThrownBy(() -> SigmaGrid.parse("")).hasMessage("expected one of wan, diffusers");
    }

    private static VideoRequest video(int width, int height, int frames, int fps, Duration deadline) {
        return new VideoRequest(
                "demo",
                Preset.WAN,
                new PromptSpec("a", "", null, null, null),
                width,
                height,
                frames,
                fps,
                null,
                null,
                denoise(4, 1, 1, 1, 0.5),
                false,
                deadline,
                new TreeMap<>(),
                List.of());
    }

    private static DenoiseSettings denoise(int steps, double guidance, double guidance2, double shift, double ratio) {
        return new DenoiseSettings(
                steps, guidance, guidance2, shift, ratio, SigmaGrid.WAN, SchedulerChoice.UNIPC, 1, null);
    }
}
