package io.wanstreams.gateway.request;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DraftReaderTest {

    @Test
    void formAndJsonSayTheSame() {
        RequestDraft json = json("{'prompt':'a','seconds':4,'seed':7,'guidance_scale':3.5,'save_frames':true,"
                + "'metadata':{'shot':'12','take':3}}");
        RequestDraft form = form(
                "prompt",
                "a",
                "seconds",
                "4",
                "seed",
                "7",
                "guidance_scale",
                "3.5",
                "save_frames",
                "true",
                "metadata[shot]",
                "12",
                "metadata[take]",
                "3");

        assertThat(form).isEqualTo(json);
        assertThat(json.metadata()).isEqualTo(Map.of("shot", "12", "take", "3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"extra_body", "extra_json", "extra_params"})
    void wrappersCountAsIfTheirFieldsStoodOutside(String wrapper) {
        assertThat(json("{'prompt':'a','seed':1,'" + wrapper + "':{'seed':2,'fps':8}}"))
                .isEqualTo(json("{'prompt':'a','seed':1,'fps':8}"));
        assertThat(form("prompt", "a", wrapper + "[fps]", "8")).isEqualTo(json("{'prompt':'a','fps':8}"));
        assertThat(form("prompt", "a", wrapper, "{\"fps\":8}")).isEqualTo(json("{'prompt':'a','fps':8}"));
        assertThat(refusal(() -> form("prompt", "a", wrapper, "{fps")).param()).isEqualTo(wrapper);
        assertThat(refusal(() -> json("{'prompt':'a','" + wrapper + "':[1]}")).param())
                .isEqualTo(wrapper);
    }

    @Test
    void ignoresWhatItDoesNotKnow() {
        assertThat(json("{'prompt':'a','quality':'high','user':'me','x':[[{}]]}"))
                .isEqualTo(json("{'prompt':'a'}"));
    }

    @Test
    void emptyFormFieldsSayNothingButForWords() {
        assertThat(form("prompt", "a", "seed", "", "size", " ", "n", "")).isEqualTo(json("{'prompt':'a'}"));
        assertThat(form("prompt", "a", "negative_prompt", "").negativePrompt()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'prompt':7}|prompt",
                "{'prompt':'a','seed':'x'}|seed",
                "{'prompt':'a','seed':1.5}|seed",
                "{'prompt':'a','seed':99999999999999999999}|seed",
                "{'prompt':'a','seed':1e2147483000}|seed",
                "{'prompt':'a','seed':true}|seed",
                "{'prompt':'a','fps':9999999999}|fps",
                "{'prompt':'a','guidance_scale':'NaN'}|guidance_scale",
                "{'prompt':'a','guidance_scale':1e999}|guidance_scale",
                "{'prompt':'a','guidance_scale':'0x1p3'}|guidance_scale",
                "{'prompt':'a','guidance_scale':[]}|guidance_scale",
                "{'prompt':'a','save_frames':'maybe'}|save_frames",
                "{'prompt':'a','metadata':[]}|metadata",
                "{'prompt':'a','metadata':{'a':{}}}|metadata",
                "{'prompt':'a','metadata':'no'}|metadata",
                "{'prompt':'a','n':'two'}|n",
                "{'prompt':'a','generate_sound':true}|generate_sound",
                "{'prompt':'a','enable_frame_interpolation':'true'}|enable_frame_interpolation",
                "{'prompt':'a','input_reference':{'image_url':7}}|input_reference",
                "{'prompt':'a','input_reference':{}}|input_reference",
                "{'prompt':'a','input_reference':[]}|input_reference",
                "{'prompt':'a','input_reference':'/etc/passwd'}|input_reference",
                "{'prompt':'a','input_reference':'file:///etc/passwd'}|input_reference",
                "{'prompt':'a','input_reference':{'file_id':'file-1'}}|input_reference",
                "{'prompt':'a','image_reference':'{x'}|image_reference",
                "{'prompt':'a','reference_url':'x'}|reference_url",
                "{'prompt':'a','reference_url':'data:','input_reference':'data:'}|reference_url",
                "{'prompt':'a','last_image':'ftp://x/y'}|last_image",
                "{'prompt':'a','video_reference':{'video_url':'x'}}|video_reference",
                "{'prompt':'a','lora':{'path':'x'}}|lora"
            })
    void refusesWrongKindsNamingTheField(String body, String param) {
        assertThat(refusal(() -> json(body)).param()).isEqualTo(param);
    }

    @Test
    void readsTheCountUnderBothNames() {
        assertThat(json("{'prompt':'a','n':2}").n()).isEqualTo(2);
        assertThat(json("{'prompt':'a','num_outputs_per_prompt':3}").n()).isEqualTo(3);
    }

    /** The official SDK's brackets, vLLM-Omni's JSON text, SGLang's URL: all the same first frame. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'input_reference':'HTTPS://a/b'}",
                "{'input_reference':{'image_url':' HTTPS://a/b'}}",
                "{'image_reference':{'image_url':'HTTPS://a/b','file_id':null}}",
                "{'reference_url':'HTTPS://a/b'}",
                "{'extra_body':{'reference_url':'HTTPS://a/b'}}",
            })
    void readsTheFirstFrameHoweverItIsNamed(String body) {
        ImageReference image = Objects.requireNonNull(json(body).inputReference());

        assertThat(image.imageUrl()).isEqualTo("HTTPS://a/b");
        assertThat(image.isData()).isFalse();
        assertThat(body).contains(image.field());
    }

    @Test
    void readsImagesOfForms() {
        assertThat(form("input_reference[image_url]", "data:x").inputReference())
                .isEqualTo(new ImageReference("input_reference", "data:x"));
        assertThat(form("image_reference", "{\"image_url\":\"Data:x\"}").inputReference())
                .isEqualTo(new ImageReference("image_reference", "Data:x"))
                .matches(ImageReference::isData);
        assertThat(form("last_image", "data:x").lastImage()).isEqualTo(new ImageReference("last_image", "data:x"));
        assertThat(form("input_reference", " ", "prompt", "a")).isEqualTo(json("{'prompt':'a'}"));
    }

    @Test
    void refusesUnknownFieldsOnlyWhenAskedTo() {
        var body = BodyReader.object("{\"prompt\":\"a\",\"user\":\"u\",\"colour\":\"red\"}".getBytes(UTF_8));

        assertThat(DraftReader.read(body).prompt()).isEqualTo("a");
        assertThat(refusal(() -> DraftReader.read(body, true)).param()).isEqualTo("colour");
        body.remove("colour");
        assertThat(DraftReader.read(body, true).prompt()).isEqualTo("a");
    }

    @Test
    void readsWholeNumbersHoweverTheyAreWritten() {
        assertThat(json("{'prompt':'a','seed':7.0,'fps':' 8 '}")).isEqualTo(json("{'prompt':'a','seed':7,'fps':8}"));
        assertThat(json("{'prompt':'a','seconds':'4'}")).isEqualTo(json("{'prompt':'a','seconds':4}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a[", "a]b[c]", "[a]", "", "a[][b]", "a[b]c", "a[b", "a[1][2][3][4][5][6][7][8]"})
    void refusesBracketsThatAreNone(String name) {
        if (name.equals("a]b[c]")) {
            assertThat(form(name, "x")).isNotNull();
        } else {
            assertThat(refusal(() -> form(name, "x")).code()).isEqualTo(Refusal.INVALID_VALUE);
        }
    }

    @Test
    void refusesNamesThatContradictEachOther() {
        assertThat(refusal(() -> form("a", "1", "a[b]", "2")).param()).isEqualTo("a");
        assertThat(refusal(() -> form("a[b]", "1", "a", "2")).param()).isEqualTo("a");
        assertThat(refusal(() -> form("a[]", "1", "a[b]", "2")).param()).isEqualTo("a");
        assertThat(refusal(() -> form("a[b]", "1", "a[]", "2")).param()).isEqualTo("a");
    }

    @Test
    void collectsLists() {
        assertThat(FormTree.of(List.of(Map.entry("k[]", "1"), Map.entry("k[]", "2"), Map.entry("o[l][]", "3")))
                        .toString())
                .isEqualTo("{\"k\":[\"1\",\"2\"],\"o\":{\"l\":[\"3\"]}}");
    }

    @Test
    void boundsFields() {
        List<Map.Entry<String, String>> many = new ArrayList<>();
        for (int i = 0; i <= FormTree.FIELD_LIMIT; i++) {
            many.add(Map.entry("k" + i, "v"));
        }
        assertThat(refusal(() -> FormTree.of(many)).message()).contains("at most 256 fields");
        assertThat(refusal(() -> form("n".repeat(257), "x")).message()).contains("1 to 256 characters");
    }

    @Test
    void refusesBodiesThatAreNotOneObjectOfUtf8Json() {
        for (String body : List.of(
                "", "null", "[]", "\"a\"", "{", "{} {}", "{'a':1,'a':2}", "[".repeat(100_000), "{'a':".repeat(40))) {
            assertThat(refusal(() -> json(body)).code())
                    .as(body.substring(0, Math.min(20, body.length())))
                    .isEqualTo(Refusal.MALFORMED);
        }
        assertThat(refusal(() -> BodyReader.object("{\"prompt\":\"é\"}".getBytes(ISO_8859_1)))
                        .message())
                .isEqualTo("The body is not UTF-8.");
        assertThat(refusal(() -> json("{'prompt':'secret words' x}")).message()).doesNotContain("secret");
    }

    private static RequestDraft json(String body) {
        return DraftReader.read(BodyReader.object(body.replace('\'', '"').getBytes(UTF_8)));
    }

    private static RequestDraft form(String... namesAndValues) {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.add(Map.entry(namesAndValues[i], namesAndValues[i + 1]));
        }
        return DraftReader.read(FormTree.of(fields));
    }

    private static Refusal refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        RefusedException refused = catchThrowableOfType(RefusedException.class, call);
        assertThat(refused).isNotNull();
        return refused.refusal();
    }
}
