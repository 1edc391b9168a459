package io.wanstreams.inference.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** This process's memory as Linux counts it. */
final class ResidentMemory {
    private static final Path SELF = Path.of("/proc/self");

    private ResidentMemory() {}

    static boolean isKnown() {
        return Files.isWritable(SELF.resolve("clear_refs"));
    }

    /** Lets the peak begin at what is resident now, and says that. */
    static long beginPeak() throws IOException {
        System.gc();
        Files.writeString(SELF.resolve("clear_refs"), "5");
        return bytes("VmRSS:");
    }

    static long peak() throws IOException {
        return bytes("VmHWM:");
    }

    private static long bytes(String field) throws IOException {
        for (String line : Files.readAllLines(SELF.resolve("status"))) {
            if (line.startsWith(field)) {
                return Long.parseLong(line.replaceAll("\\D", "")) << 10;
            }
        }
        throw new IOException("no " + field);
    }
}
