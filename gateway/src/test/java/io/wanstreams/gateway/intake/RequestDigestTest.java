package io.wanstreams.gateway.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.gateway.request.BodyReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RequestDigestTest {

    @TempDir
    Path directory;

    @Test
    void dependsOnWhatIsSaidAndNotOnHow() {
        assertThat(of("{\"a\":1,\"b\":[1,2]}")).isEqualTo(of("{ \"b\":[1, 2], \"a\":1 }"));
        assertThat(of("{\"a\":1}")).isNotEqualTo(of("{\"a\":2}"));
        assertThat(of("{\"a\":\"bc\"}")).isNotEqualTo(of("{\"ab\":\"c\"}"));
        assertThat(of("{\"a\":[1,2]}")).isNotEqualTo(of("{\"a\":[2,1]}"));
        assertThat(of("{\"a\":1}")).isNotEqualTo(of("{\"a\":\"1\"}"));
    }

    @Test
    void coversTheNoise() throws Exception {
        Path one = Files.write(directory.resolve("1"), new byte[] {1});
        Path two = Files.write(directory.resolve("2"), new byte[] {2});
        var body = BodyReader.object("{}".getBytes(UTF_8));

        assertThat(RequestDigest.of(body, noise(one))).isNotEqualTo(RequestDigest.of(body, noise(two)));
        assertThat(RequestDigest.of(body, noise(one))).isNotEqualTo(RequestDigest.of(body, Uploads.NONE));
    }

    private static Uploads noise(Path file) {
        return new Uploads(new TreeMap<>(Map.of(Uploads.NOISE, file)));
    }

    private static String of(String json) {
        return RequestDigest.of(BodyReader.object(json.getBytes(UTF_8)), Uploads.NONE);
    }
}
