package io.wanstreams.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.transport.crash.CrashPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A crash point that the services no longer pass is one that nothing is tried at; only a run of minutes would notice otherwise. */
class CrashPointsTest {

    private static final List<String> SOURCES = sources();

    @ParameterizedTest
    @EnumSource
    void theServicesPassIt(CrashPoint point) {
        String passing = "CrashPoint." + point.name() + ".reached(";

        assertThat(SOURCES.stream().filter(source -> source.contains(passing))).isNotEmpty();
    }

    private static List<String> sources() {
        try (Stream<Path> modules = Files.list(Root.PATH)) {
            return modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .flatMap(CrashPointsTest::javaFiles)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> javaFiles(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).map(CrashPointsTest::text).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
