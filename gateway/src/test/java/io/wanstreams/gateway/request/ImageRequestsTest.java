package io.wanstreams.gateway.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.request.ModelProfile;
import io.wanstreams.contracts.request.VideoRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImageRequestsTest {

    private static final GivenImage SQUARE = new GivenImage(1024, 1024, null);
    private static final Attachments ONE = new Attachments(null, SQUARE, null);
    private static final Attachments BOTH = new Attachments(null, SQUARE, SQUARE);

    /** Sizes as width,height → width x height: spec transformer-and-text §6 (A = 720·1280 and 480·832) and §7. */
    @ParameterizedTest
    @CsvSource({
        "i2v, 1280x720, 1024, 1024, 960x960",
        "i2v, 1280x720, 1920, 1080, 1280x720",
        "i2v, 1280x720, 640, 480, 1104x816",
        "i2v, 1280x720, 768, 1344, 720x1264",
        "i2v, 1280x720, 300, 520, 720x1248",
        "i2v, 832x480, 1920, 1080, 832x464",
        "ti2v, 1280x704, 1024, 1024, 960x928",
        "ti2v, 1280x704, 1920, 1080, 1248x704",
        "ti2v, 1280x704, 1280, 720, 1248x704",
        "ti2v, 1280x704, 640, 480, 1088x800",
    })
    void theOriginalsPresetGivesTheVideoTheImagesShape(String model, String size, int width, int height, String made) {
        Attachments given = new Attachments(null, new GivenImage(width, height, null), null);

        VideoRequest request = resolve(model, "{'size':'" + size + "'}", given);

        assertThat(request.width() + "x" + request.height()).isEqualTo(made);
        assertThat(request.warnings())
                .isEqualTo(
                        size.equals(made)
                                ? List.of()
                                : List.of("With preset wan a size is an area, and the shape is the image's: " + size
                                        + " became " + made + "."));
    }

    @Test
    void theDiffusersPresetMakesTheSizeThatIsAskedFor() {
        VideoRequest request = resolve("i2v", "{'preset':'diffusers','size':'832x480'}", ONE);

        assertThat(request.width() + "x" + request.height()).isEqualTo("832x480");
        assertThat(request.warnings()).isEmpty();
    }

    @Test
    void anImageTooThinForTheAreaIsRefused() {
        Attachments thin = new Attachments(null, new GivenImage(20_000, 1, null), null);

        assertThat(refusal("i2v", "{}", thin).message())
                .isEqualTo("An image of 20000x1 is too long and thin for a video with as many pixels as 1280x720.");
        assertThat(refusal("ti2v", "{}", thin).param()).isEqualTo("input_reference");
    }

    @Test
    void anImageNeedsNoPrompt() {
        assertThat(resolve("ti2v", "{}", ONE).prompt().prompt()).isEmpty();
        assertThat(refusal("ti2v", "{}", Attachments.NONE).code()).isEqualTo(Refusal.MISSING);
    }

    @Test
    void storedImagesGoIntoTheRequest() {
        BundleRef first = bundle('a');
        BundleRef last = bundle('b');
        Attachments given = new Attachments(null, SQUARE.storedAs(first), SQUARE.storedAs(last));

        VideoRequest request = resolve("i2v", "{}", given);

        assertThat(request.image()).isEqualTo(first);
        assertThat(request.lastImage()).isEqualTo(last);
    }

    @Test
    void aModelTakesTheImagesThatItCanUse() {
        assertThat(refusal("t2v", "{'prompt':'a'}", ONE))
                .isEqualTo(new Refusal(
                        "input_reference",
                        Refusal.UNSUPPORTED,
                        "wan2.2-t2v-a14b makes videos from text only; send no image."));
        assertThat(refusal("i2v", "{'prompt':'a'}", Attachments.NONE))
                .isEqualTo(new Refusal(
                        "input_reference",
                        Refusal.MISSING,
                        "wan2.2-i2v-a14b makes videos from an image; send one as input_reference."));
        assertThat(refusal("ti2v", "{'prompt':'a'}", BOTH))
                .isEqualTo(new Refusal(
                        "last_image", Refusal.UNSUPPORTED, "wan2.2-ti2v-5b takes no last image; send none."));
        assertThat(refusal("i2v", "{'num_frames':1}", BOTH).message())
                .isEqualTo("A video of one frame has no last image; nearest valid: 5.");
        assertThat(resolve("ti2v", "{'prompt':'a'}", Attachments.NONE).image()).isNull();
    }

    @Test
    void aLastImageComesWithAFirstOne() {
        assertThat(refusal("i2v", "{'prompt':'a'}", new Attachments(null, null, SQUARE))
                        .code())
                .isEqualTo(Refusal.MISSING);
        assertThat(refusal("ti2v", "{'prompt':'a'}", new Attachments(null, null, SQUARE))
                        .param())
                .isEqualTo("last_image");
    }

    private static BundleRef bundle(char digit) {
        return new BundleRef(
                "wan.media", "id", 0, 0, 0, 10, 1, String.valueOf(digit).repeat(64), "image/png", List.of());
    }

    private static VideoRequest resolve(String model, String body, Attachments given) {
        RequestResolver resolver = new RequestResolver(List.of(profile(model)), Profiles.LIMITS);
        return resolver.resolve(
                DraftReader.read(BodyReader.object(body.replace('\'', '"').getBytes(UTF_8))), 1, given);
    }

    private static ModelProfile profile(String model) {
        return switch (model) {
            case "i2v" -> Profiles.I2V_A14B;
            case "ti2v" -> Profiles.TI2V_5B;
            default -> Profiles.A14B;
        };
    }

    private static Refusal refusal(String model, String body, Attachments given) {
        @Nullable
        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> resolve(model, body, given));
        assertThat(refused).isNotNull();
        return refused.refusal();
    }
}
