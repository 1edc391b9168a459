package io.wanstreams.gateway.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wanstreams.contracts.request.Lighting;
import io.wanstreams.contracts.request.Preset;
import io.wanstreams.contracts.request.SchedulerChoice;
import io.wanstreams.contracts.request.SigmaGrid;
import io.wanstreams.contracts.request.VideoRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequestResolverTest {

    private static final long DRAWN_SEED = 4711;
    private static final String B5 = "\"model\":\"wan2.2-ti2v-5b\",";

    @Test
    void fillsEveryGapFromTheFirstModelAndItsPreset() {
        VideoRequest request = resolve("{'prompt':'a cat'}");

        assertThat(request.model()).isEqualTo("wan2.2-t2v-a14b");
        assertThat(request.preset()).isEqualTo(Preset.WAN);
        assertThat(request.width()).isEqualTo(1280);
        assertThat(request.height()).isEqualTo(720);
        assertThat(request.numFrames()).isEqualTo(81);
        assertThat(request.fps()).isEqualTo(16);
        assertThat(request.prompt().negativePrompt()).isEqualTo("ugly");
        assertThat(request.denoise().numInferenceSteps()).isEqualTo(40);
        assertThat(request.denoise().guidanceScale()).isEqualTo(4.0);
        assertThat(request.denoise().guidanceScale2()).isEqualTo(3.0);
        assertThat(request.denoise().flowShift()).isEqualTo(12.0);
        assertThat(request.denoise().boundaryRatio()).isEqualTo(0.875);
        assertThat(request.denoise().sigmaGrid()).isEqualTo(SigmaGrid.WAN);
        assertThat(request.denoise().seed()).isEqualTo(DRAWN_SEED);
        assertThat(request.deadline()).isEqualTo(Duration.ofHours(12));
        assertThat(request.warnings()).isEmpty();
    }

    @Test
    void takesThePresetThatIsAskedFor() {
        VideoRequest request = resolve("{'prompt':'a cat','preset':'diffusers'}");

        assertThat(request.denoise().numInferenceSteps()).isEqualTo(50);
        assertThat(request.denoise().sigmaGrid()).isEqualTo(SigmaGrid.DIFFUSERS);
        assertThat(request.prompt().negativePrompt()).isEmpty();
    }

    @Test
    void thePresetOfDistilledModelsBringsItsSolver() {
        VideoRequest request = resolve("{'prompt':'a cat','preset':'lightning','num_inference_steps':6}");

        assertThat(request.denoise().numInferenceSteps()).isEqualTo(6);
        assertThat(request.denoise().scheduler()).isEqualTo(SchedulerChoice.EULER);
        assertThat(request.denoise().guidanceScale2()).isEqualTo(1.0);
        assertThat(request.denoise().flowShift()).isEqualTo(5.0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"model\":\"sora-2\"|model|wan2.2-t2v-a14b, wan2.2-ti2v-5b",
                "\"preset\":\"fast\"|preset|expected one of wan, diffusers",
                "\"size\":\"300x200\"|size|304x192, 304x208, 288x192",
                "\"size\":\"1280\"|size|WIDTHxHEIGHT",
                "\"size\":\"0x0\"|size|nearest valid: 16x16",
                "\"size\":\"99999x99999\"|size|nearest valid",
                "\"size\":\"1600x1600\"|size|nearest valid: 992x992",
                "\"size\":\"320x192\",\"width\":640|size|contradicts",
                "\"width\":640|height|together",
                "\"height\":640|width|together",
                "\"width\":-5,\"height\":640|width|nearest valid: 1",
                "\"num_frames\":0|num_frames|nearest valid: 1",
                "\"num_frames\":201|num_frames|nearest valid: 197",
                "\"n\":0|n|1 to 4",
                "\"n\":5|n|1 to 4",
                "\"seconds\":0|seconds|more than 0",
                "\"seconds\":\"13\"|seconds|nearest valid: 12.25",
                "\"fps\":0|fps|nearest valid: 1",
                "\"fps\":121|fps|nearest valid: 120",
                "\"num_inference_steps\":0|num_inference_steps|1 to 200",
                "\"num_inference_steps\":201|num_inference_steps|nearest valid: 200",
                "\"guidance_scale\":20.5|guidance_scale|0 to 20, found 20.5; nearest valid: 20",
                "\"guidance_scale\":-1|guidance_scale|nearest valid: 0",
                "\"guidance_scale_2\":21|guidance_scale_2|nearest valid: 20",
                "\"flow_shift\":0|flow_shift|nearest valid: 0.001",
                "\"flow_shift\":101|flow_shift|nearest valid: 100",
                "\"boundary_ratio\":1.5|boundary_ratio|nearest valid: 1",
                "\"sigma_grid\":\"karras\"|sigma_grid|expected one of wan, diffusers",
                "\"seed\":-2|seed|nearest valid: 0",
                "\"lighting\":\"lamp\"|lighting|low-key",
                "\"composition\":\"odd\"|composition|close-up",
                "\"color_tone\":\"odd\"|color_tone|warm",
                "\"negative_prompt\":\"LONG\"|negative_prompt|at most 500",
                "\"deadline_s\":86401|deadline_s|nearest valid: 86400",
                "\"deadline_s\":0|deadline_s|nearest valid: 1",
                "\"style\":\"noir\"|subject|needs a subject",
                "\"subject\":\"a dog\"|subject|not both",
                "\"metadata\":{\"\":\"x\"}|metadata|1 to 64",
                "\"size\":\"1280x720\",\"num_frames\":197|num_frames|up to 129 frames",
            })
    void refusesWithTheFieldAndWhatWouldBeValid(String fields, String param, String says) {
        Refusal refusal = refusal("{\"prompt\":\"a cat\"," + fields.replace("LONG", "x".repeat(501)) + "}");

        assertThat(refusal.param()).isEqualTo(param);
        assertThat(refusal.message()).contains(says);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"boundary_ratio\":0.5|boundary_ratio",
                "\"guidance_scale_2\":3|guidance_scale_2",
                "\"size\":\"1280x720\"|size"
            })
    void refusesWhatAModelWithOneExpertHasNot(String fields, String param) {
        assertThat(refusal("{" + B5 + "\"prompt\":\"a cat\"," + fields + "}").param())
                .isEqualTo(param);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{}", "{\"prompt\":\"\"}", "{\"prompt\":\" \\n\"}", "{\"prompt\":null}"})
    void refusesToGuessAPrompt(String body) {
        assertThat(refusal(body)).extracting(Refusal::param, Refusal::code).containsExactly("prompt", Refusal.MISSING);
    }

    @Test
    void countsThePromptInCharactersNotInCodeUnits() {
        assertThat(resolve("{'prompt':'" + "😀".repeat(1000) + "'}").prompt().prompt())
                .hasSize(2000);
        assertThat(refusal("{\"prompt\":\"" + "x".repeat(1001) + "\"}").param()).isEqualTo("prompt");
    }

    @ParameterizedTest
    @CsvSource({
        "4,16,65",
        "'5',16,81",
        "8,16,129",
        "12,16,193",
        "1,24,25",
        "0.5,16,9",
        "0.01,16,1",
        "0.7,10,5",
        "2,12,25"
    })
    void roundsSecondsDownToAValidLength(String seconds, int fps, int frames) {
        VideoRequest request = resolve("{'prompt':'a','size':'320x192','fps':" + fps + ",'seconds':'" + seconds + "'}");

        assertThat(request.numFrames()).isEqualTo(frames);
    }

    /** As clients of other servers send them. */
    @Test
    void roundsFramesAndSidesDownAndSaysSo() {
        VideoRequest request = resolve("{'prompt':'a','width':854,'height':485,'num_frames':80}");

        assertThat(request.numFrames()).isEqualTo(77);
        assertThat(request.width()).isEqualTo(848);
        assertThat(request.height()).isEqualTo(480);
        assertThat(request.warnings())
                .contains(
                        "num_frames is 4n+1: 80 are rounded down to 77.",
                        "width and height are multiples of 16: 854x485 became 848x480.");
        assertThat(resolve("{'prompt':'a','width':5,'height':480}").width()).isEqualTo(16);
    }

    @Test
    void remixesWithAnotherPromptOnly() {
        VideoRequest original = resolve("{'prompt':'a cat','seed':9,'lighting':'soft','negative_prompt':'fog'}");
        VideoRequest remix = Profiles.resolver().remix(original, "a dog");

        assertThat(remix.prompt().prompt()).isEqualTo("a dog");
        assertThat(remix.withPrompt(original.prompt())).isEqualTo(original);
        for (String wrong : new String[] {null, " ", "x".repeat(1001)}) {
            assertThat(catchThrowableOfType(
                                    RefusedException.class,
                                    () -> Profiles.resolver().remix(original, wrong))
                            .refusal()
                            .param())
                    .isEqualTo("prompt");
        }
    }

    @Test
    void saysWhatItRounded() {
        assertThat(resolve("{'prompt':'a','seconds':4}").warnings()).isEmpty();
        assertThat(resolve("{'prompt':'a','seconds':4.1}").warnings())
                .containsExactly("4.1 s at 16 fps are rounded down to 65 frames.");
    }

    @Test
    void warnsOutsideTraining() {
        assertThat(resolve("{'prompt':'a','size':'320x192','num_frames':85}").warnings())
                .containsExactly(
                        "Size 320x192 is outside what the model was trained on: 1280x720, 832x480.",
                        "85 frames are more than the 81 the model was trained on.");
    }

    @Test
    void givesOneScaleToBothExperts() {
        VideoRequest request = resolve("{'prompt':'a','guidance_scale':7}");

        assertThat(request.denoise().guidanceScale()).isEqualTo(7);
        assertThat(request.denoise().guidanceScale2()).isEqualTo(7);
        assertThat(resolve("{'prompt':'a','guidance_scale_2':7}").denoise().guidanceScale())
                .isEqualTo(4);
        assertThat(resolve("{'prompt':'a','guidance_scale':7,'guidance_scale_2':6}")
                        .denoise()
                        .guidanceScale2())
                .isEqualTo(6);
    }

    @Test
    void switchesGuidanceOffAsDiffusersDoes() {
        VideoRequest request = resolve("{'prompt':'a','preset':'diffusers','guidance_scale':1,'guidance_scale_2':6}");

        assertThat(request.denoise().guidanceScale()).isEqualTo(1);
        assertThat(request.denoise().guidanceScale2()).isEqualTo(1);
        assertThat(request.warnings()).singleElement().asString().contains("switches guidance off");
        assertThat(resolve("{'prompt':'a','guidance_scale':1,'guidance_scale_2':6}")
                        .denoise()
                        .guidanceScale2())
                .isEqualTo(6);
    }

    @Test
    void makesAPromptOfTheTemplate() {
        assertThat(resolve("{'subject':'a red ball','action':'bounces','environment':'on grass','style':'watercolor'}")
                        .prompt()
                        .prompt())
                .isEqualTo("a red ball bounces on grass, watercolor");
    }

    @Test
    void readsLooksHoweverTheyAreSpelled() {
        assertThat(resolve("{'prompt':'a','lighting':'Low_Key'}").prompt().lighting())
                .isEqualTo(Lighting.LOW_KEY);
        assertThat(resolve("{'prompt':'a','lighting':'low key'}").prompt().lighting())
                .isEqualTo(Lighting.LOW_KEY);
    }

    @Test
    void keepsAnEmptyNegativePrompt() {
        assertThat(resolve("{'prompt':'a','negative_prompt':''}").prompt().negativePrompt())
                .isEmpty();
    }

    @Test
    void drawsASeedForMinusOne() {
        assertThat(resolve("{'prompt':'a','seed':-1}").denoise().seed()).isEqualTo(DRAWN_SEED);
        assertThat(resolve("{'prompt':'a','seed':42}").denoise().seed()).isEqualTo(42);
    }

    @Test
    void boundsMetadata() {
        StringBuilder keys = new StringBuilder("'k0':'v'");
        for (int i = 1; i < 16; i++) {
            keys.append(",'k").append(i).append("':'v'");
        }
        assertThat(resolve("{'prompt':'a','metadata':{" + keys + "}}").metadata())
                .hasSize(16);
        assertThat(refusal(json("{'prompt':'a','metadata':{" + keys + ",'k16':'v'}}"))
                        .param())
                .isEqualTo("metadata");
        assertThat(refusal(json("{'prompt':'a','metadata':{'k':'" + "x".repeat(513) + "'}}"))
                        .param())
                .isEqualTo("metadata");
    }

    private static VideoRequest resolve(String body) {
        return resolveJson(json(body));
    }

    private static VideoRequest resolveJson(String body) {
        RequestDraft draft = DraftReader.read(BodyReader.object(body.getBytes(UTF_8)));
        assertThat(Profiles.resolver().count(draft)).isPositive();
        return Profiles.resolver().resolve(draft, DRAWN_SEED, Attachments.NONE);
    }

    private static String json(String body) {
        return body.replace('\'', '"');
    }

    private static Refusal refusal(String body) {
        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> resolveJson(body));
        assertThat(refused).as(body).isNotNull();
        return refused.refusal();
    }
}
