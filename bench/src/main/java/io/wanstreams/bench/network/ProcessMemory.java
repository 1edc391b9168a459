package io.wanstreams.bench.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process's memory as Linux counts it, in bytes. */
final class ProcessMemory {

    private final Path process;

    private ProcessMemory(Path process) {
        this.process = process;
    }

    static ProcessMemory own() {
        return new ProcessMemory(Path.of("/proc/self"));
    }

    static ProcessMemory of(long pid) {
        return new ProcessMemory(Path.of("/proc", Long.toString(pid)));
    }

    /** Lets the peak begin anew. */
    void beginPeak() throws IOException {
        System.gc();
        Files.writeString(process.resolve("clear_refs"), "5");
    }

    /** Most that was resident since {@link #beginPeak()}. */
    long peak() throws IOException {
        return field("status", "VmHWM:");
    }

    /** What is resident, pages shared with other processes counted whole. */
    long resident() throws IOException {
        return field("smaps_rollup", "Rss:");
    }

    /** What is resident, a page shared by n processes counted as one n-th. */
    long proportional() throws IOException {
        return field("smaps_rollup", "Pss:");
    }

    private long field(String file, String name) throws IOException {
        for (String line : Files.readAllLines(process.resolve(file))) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("\\D", "")) << 10;
            }
        }
        throw new IOException(process.resolve(file) + " has no " + name);
    }
}
