package io.wanstreams.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a figure was measured.
 *
 * @param processor the processor's name
 * @param cores that this JVM may use
 * @param system operating system and version
 * @param java vendor and version of the JVM
 */
public record Machine(String processor, int cores, String system, String java) {

    private static final Path CPUINFO = Path.of("/proc/cpuinfo");

    /** This machine. */
    public static Machine here() {
        return new Machine(
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vendor") + " " + Runtime.version());
    }

    private static String processorName() {
        try {
            return modelName(Files.readAllLines(CPUINFO));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    static String modelName(List<String> cpuinfo) {
        return cpuinfo.stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }

    @Override
    public String toString() {
        return processor + ", " + cores + " cores, " + system + ", " + java;
    }
}
