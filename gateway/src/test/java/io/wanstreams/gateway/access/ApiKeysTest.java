package io.wanstreams.gateway.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiKeysTest {

    /** {@code printf %s a | sha256sum}, and of b. */
    private static final String OF_A = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";

    private static final String OF_B = "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d";

    @TempDir
    Path directory;

    @Test
    void knowsWhoseKeyItIs() {
        ApiKeys keys = parse("{'keys':[" + key("one", OF_A, "acme", "'create','read'") + ","
                + key("two", OF_B, "other", "'admin'") + "]}");

        assertThat(keys.caller("a")).hasValue(new Caller("acme", EnumSet.of(Scope.CREATE, Scope.READ)));
        assertThat(keys.caller("b").orElseThrow().tenant()).isEqualTo("other");
        for (String wrong : new String[] {"", "A", "c", OF_A, "x".repeat(600)}) {
            assertThat(keys.caller(wrong)).isEmpty();
        }
    }

    @Test
    void adminsMayDoEverything() {
        Caller admin = new Caller("t", EnumSet.of(Scope.ADMIN));
        Caller reader = new Caller("t", EnumSet.of(Scope.READ));

        assertThat(admin.may(Scope.CREATE)).isTrue();
        assertThat(reader.may(Scope.READ)).isTrue();
        assertThat(reader.may(Scope.CREATE)).isFalse();
        assertThat(reader.may(Scope.ADMIN)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense|no JSON",
                "{'keys':7}|no JSON",
                "null|no keys",
                "{}|no keys",
                "{'keys':[]}|no keys",
                "{'keys':[null]}|has a name",
                "{'keys':[{'name':'k'}]}|key 'k' in file has no sha256",
                "{'keys':[{'name':'k','sha256':'AB'}]}|no sha256 of 64",
                "{'keys':[{'name':'k','sha256':'OF_A'}]}|no tenant",
                "{'keys':[{'name':'k','sha256':'OF_A','tenant':'../x'}]}|no tenant",
                "{'keys':[{'name':'k','sha256':'OF_A','tenant':'t'}]}|no scopes",
                "{'keys':[{'name':'k','sha256':'OF_A','tenant':'t','scopes':['write']}]}|unknown scope",
                "{'keys':[KEY,KEY]}|there twice"
            })
    void saysWhatIsWrongWithTheFile(String json, String says) {
        String text = json.replace("KEY", key("k", OF_A, "t", "'read'")).replace("OF_A", OF_A);

        assertThatIllegalArgumentException().isThrownBy(() -> parse(text)).withMessageContaining(says);
    }

    @Test
    void readsTheFileAgainWhenItHasChanged() throws IOException {
        AtomicLong clock = new AtomicLong();
        Path path = directory.resolve("keys.json");
        write(path, key("k", OF_A, "t", "'read'"), 1);
        KeyFile file = new KeyFile(path, Duration.ofNanos(10), clock::get);
        write(path, key("k", OF_B, "t", "'read'"), 2);

        assertThat(file.keys().caller("a")).as("not looked at yet").isPresent();
        clock.set(10);
        assertThat(file.keys().caller("a")).isEmpty();
        assertThat(file.keys().caller("b")).isPresent();
        write(path, "broken", 3);
        clock.set(20);
        assertThat(file.keys().caller("b")).as("a broken file locks nobody out").isPresent();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeyFile(directory.resolve("none"), Duration.ofNanos(10), clock::get))
                .withMessageContaining("cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.0.0.5"})
    void answersThisMachineWithoutKeys(String host) {
        Listening.check(host, false, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "no-such-host.invalid"})
    void refusesToAnswerEverybody(String host) {
        assertThatIllegalStateException()
                .isThrownBy(() -> Listening.check(host, false, false))
                .withMessageContaining("wan.gateway.access.keys-file")
                .withMessageContaining(host);
        Listening.check(host, true, false);
        Listening.check(host, false, true);
    }

    private static void write(Path path, String keys, long changedAt) throws IOException {
        Files.writeString(path, ("{'keys':[" + keys + "]}").replace('\'', '"'));
        Files.setLastModifiedTime(path, FileTime.fromMillis(changedAt * 1000));
    }

    private static ApiKeys parse(String json) {
        return ApiKeys.parse(json.replace('\'', '"').getBytes(UTF_8), "file");
    }

    private static String key(String name, String digest, String tenant, String scopes) {
        return "{'name':'" + name + "','sha256':'" + digest + "','tenant':'" + tenant + "','scopes':[" + scopes + "]}";
    }
}
