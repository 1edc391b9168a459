package io.wanstreams.inference.memory;

import java.util.Locale;

/**
 * What something needs in memory.
 *
 * @param what the network, such as {@code transformer}
 * @param task what it does, such as {@code to denoise latents [16,21,60,104]}
 * @param weightBytes mapped from their files: page cache that other processes share
 * @param workingBytes beside the weights while it runs
 * @param flops of one run
 */
public record MemoryNeed(String what, String task, long weightBytes, long workingBytes, double flops) {
    private static final double GIBIBYTE = 1L << 30;

    /** Both together. */
    public long bytes() {
        return Math.addExact(weightBytes, workingBytes);
    }

    /** For people: {@code 12.3 GiB}. */
    public static String gibibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / GIBIBYTE);
    }
}
