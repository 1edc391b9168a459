package io.wanstreams.inference.checkpoint;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What counts of a machine where bytes are multiplied.
 *
 * @param memoryBytes of this machine or container
 * @param multipliesBytes whether it adds products of bytes in 32 bits; others do it in 16, which overflow unless weights
 *     have seven bits
 */
public record Processor(long memoryBytes, boolean multipliesBytes) {
    private static final Path LINUX = Path.of("/proc/cpuinfo");
    private static final Set<String> FLAGS = Set.of("avx512_vnni", "avx_vnni", "amx_int8", "asimddp", "i8mm");
    private static final int WHOLE = 127;
    private static final int REDUCED = 63;

    /** This machine. One that tells nothing about itself is taken for an old one. */
    public static Processor ofThisMachine() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Processor(system.getTotalMemorySize(), has(flags()));
    }

    /** @param lines of Linux's {@code /proc/cpuinfo} */
    static boolean has(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                .limit(1)
                .flatMap(line -> Arrays.stream(line.split("\\s+")))
                .anyMatch(FLAGS::contains);
    }

    private static List<String> flags() {
        try {
            return Files.isReadable(LINUX) ? Files.readAllLines(LINUX) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The largest magnitude of a weight in eight bits. */
    int int8Limit() {
        return multipliesBytes ? WHOLE : REDUCED;
    }
}
