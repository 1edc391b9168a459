package io.wanstreams.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.contracts.request.VideoRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever is asked: a valid request, or a refusal whose advice is valid. */
final class RequestPropertiesTest {

    private static final Pattern SIZE = Pattern.compile("\\d+x\\d+");

    @Property(tries = 500)
    void everyAdvisedSizeIsAccepted(
            @ForAll @IntRange(max = 20_000) int width, @ForAll @IntRange(max = 20_000) int height) {
        String size = width + "x" + height;
        try {
            VideoRequest request = resolve("size", size);
            assertThat(request.width() % 16 + request.height() % 16).isZero();
            assertThat((long) request.width() * request.height()).isPositive().isLessThanOrEqualTo(1_000_000);
        } catch (RefusedException refused) {
            String advice = refused.refusal()
                    .message()
                    .substring(refused.refusal().message().indexOf("nearest valid"));
            List<String> sizes =
                    SIZE.matcher(advice).results().map(MatchResult::group).toList();
            assertThat(sizes).isNotEmpty();
            sizes.forEach(advised -> resolve("size", advised));
        }
    }

    @Property(tries = 500)
    void everyAdvisedLengthIsAccepted(@ForAll @IntRange(min = -10, max = 1000) int frames) {
        try {
            assertThat(resolve("num_frames", Integer.toString(frames)).numFrames() % 4)
                    .isEqualTo(1);
        } catch (RefusedException refused) {
            String advice = refused.refusal()
                    .message()
                    .substring(refused.refusal().message().indexOf("nearest valid"));
            Pattern.compile("\\d+")
                    .matcher(advice)
                    .results()
                    .map(MatchResult::group)
                    .forEach(advised -> resolve("num_frames", advised));
        }
    }

    @Property(tries = 500)
    void secondsAreNeverExceeded(
            @ForAll @IntRange(min = 1, max = 20_000) int milliseconds, @ForAll @IntRange(min = 1, max = 120) int fps) {
        double seconds = milliseconds / 1000.0;
        try {
            VideoRequest request = resolve("seconds", Double.toString(seconds), "fps", Integer.toString(fps));
            assertThat(request.numFrames() % 4).isEqualTo(1);
            assertThat((request.numFrames() - 1) / (double) fps).isLessThanOrEqualTo(seconds + 1e-6);
            assertThat((request.numFrames() + 3) / (double) fps).isGreaterThan(seconds - 1e-6);
        } catch (RefusedException refused) {
            assertThat(refused.refusal().param()).isEqualTo("seconds");
            assertThat(seconds * fps + 1).isGreaterThan(197);
        }
    }

    @Property(tries = 1000)
    void anyFormIsAnsweredOrRefused(@ForAll Map<String, String> fields) {
        try {
            DraftReader.read(FormTree.of(List.copyOf(fields.entrySet())));
        } catch (RefusedException refused) {
            assertThat(refused.refusal().message()).isNotEmpty();
        }
    }

    @Property(tries = 1000)
    void anyBodyIsAnsweredOrRefused(@ForAll byte[] body) {
        try {
            DraftReader.read(BodyReader.object(body));
        } catch (RefusedException refused) {
            assertThat(refused.refusal().code()).isEqualTo(Refusal.MALFORMED);
        }
    }

    private static VideoRequest resolve(String... namesAndValues) {
        List<Map.Entry<String, String>> form = new ArrayList<>();
        form.add(Map.entry("prompt", "a"));
        form.add(Map.entry("size", "320x192"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.add(Map.entry(namesAndValues[i], namesAndValues[i + 1]));
        }
        return Profiles.resolver().resolve(DraftReader.read(FormTree.of(form)), 1, Attachments.NONE);
    }
}
