package io.wanstreams.kafka.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    Path directory;

    @Test
    void keepsTheClusterIdOverRestarts() {
        String first = open(directory);
        assertThat(open(directory)).isEqualTo(first);
    }

    @Test
    void refusesADirectoryOfAnotherKafka() throws Exception {
        open(directory);
        Path marker = directory.resolve("wan-kafka.properties");
        Files.writeString(marker, Files.readString(marker).replaceAll("kafka.version=.*", "kafka.version=9.9.9"));
        refused(directory, "was written by Kafka 9.9.9 and this program brings Kafka");
    }

    @Test
    void refusesADirectoryWithSomebodysFiles() throws Exception {
        Files.writeString(directory.resolve("thesis.tex"), "mine");
        refused(directory, "holds files but was not made by this program");
        assertThat(directory).isDirectoryNotContaining("glob:**lock");
    }

    @Test
    void refusesAMarkerWithoutClusterId() throws Exception {
        open(directory);
        Path marker = directory.resolve("wan-kafka.properties");
        Files.writeString(marker, Files.readString(marker).replaceAll("cluster.id=.*", ""));
        refused(directory, "lacks cluster.id");
    }

    @Test
    void refusesAFileInPlaceOfADirectory() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        refused(file, "is a file");
        refused(file.resolve("below"), "Cannot write to the broker's data directory");
    }

    @Test
    void refusesAFullDisk() {
        assertThatThrownBy(() -> DataDirectory.open(directory, Long.MAX_VALUE))
                .isInstanceOf(EmbeddedKafkaException.class)
                .hasMessageContaining("MiB free, and the broker wants");
        open(directory);
    }

    @Test
    void refusesAReadOnlyDirectory() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeThat(Files.isWritable(directory)).as("root may write anywhere").isFalse();
        refused(directory, "Cannot write to the broker's data directory");
    }

    private static String open(Path path) {
        try (DataDirectory opened = DataDirectory.open(path, 0)) {
            return opened.clusterId();
        }
    }

    private static void refused(Path path, String why) {
        assertThatThrownBy(() -> DataDirectory.open(path, 0))
                .isInstanceOf(EmbeddedKafkaException.class)
                .hasMessageContaining(why)
                .hasMessageContaining(path.toString());
    }
}
