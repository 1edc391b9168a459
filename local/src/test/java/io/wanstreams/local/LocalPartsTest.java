package io.wanstreams.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.kafka.embedded.EmbeddedKafkaException;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalPartsTest {

    @TempDir
    private Path directory = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "/models/Wan2.2-T2V-A14B-Diffusers, wan2.2-t2v-a14b-diffusers",
        "/models/My Model (1)/, my-model-1",
        "/模型, model",
        "/, model",
        "/x/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-bbb, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    })
    void aModelIsNamedAfterItsDirectory(Path path, String name) {
        assertThat(ModelName.of(path)).isEqualTo(name);
    }

    @Test
    void ourOwnSentenceComesFirst() {
        Throwable failure = new IllegalStateException(
                "wrapper", new EmbeddedKafkaException("The disk\n is full.", new IOException("cause")));

        assertThat(StartFailure.sentence(failure)).isEqualTo("The disk is full.");
    }

    @Test
    void withoutOneOfOursTheLastOneCounts() {
        assertThat(StartFailure.sentence(
                        new IllegalStateException("wrapper", new IOException("No space left on device"))))
                .isEqualTo("IOException: No space left on device");
        assertThat(StartFailure.sentence(new RuntimeException(new BindException("Address already in use"))))
                .contains("A port was taken");
    }

    @Test
    void aRunsDirectoryGoesAtItsEndAndAfterAKill() throws IOException {
        Path killed = Files.createDirectories(directory.resolve("run-killed/kafka"));
        Files.createFile(directory.resolve("run-killed/lock"));
        RunDirectory first = RunDirectory.create(directory);
        assertThat(killed).doesNotExist();

        RunDirectory second = RunDirectory.create(directory);
        assertThat(first.path()).exists();

        first.remove();
        first.remove();
        second.remove();
        assertThat(directory).isEmptyDirectory();
    }
}
