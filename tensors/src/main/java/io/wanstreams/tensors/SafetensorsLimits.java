package io.wanstreams.tensors;

/**
 * What a reader of foreign safetensors bytes is willing to believe; checked before anything is allocated.
 *
 * @param headerBytes longest JSON header, 2 … 1 GiB
 * @param tensors largest number of tensors
 * @param nameChars longest name of a tensor or metadata entry
 * @param dataBytes largest sum of all tensors' bytes
 */
public record SafetensorsLimits(int headerBytes, int tensors, int nameChars, long dataBytes) {
    /** For bundles that come over Kafka. */
    public static final SafetensorsLimits WIRE = new SafetensorsLimits(1 << 20, 64, 256, 1L << 30);

    /** For checkpoint files on a local disk. */
    public static final SafetensorsLimits CHECKPOINT = new SafetensorsLimits(64 << 20, 100_000, 1024, 1L << 44);

    public SafetensorsLimits {
        if (headerBytes < 2 || headerBytes > 1 << 30 || tensors < 1 || nameChars < 1 || dataBytes < 0) {
            throw new IllegalArgumentException("Limits must be positive and the header at most 1 GiB: " + headerBytes
                    + " header bytes, " + tensors + " tensors, " + nameChars + " name characters, " + dataBytes
                    + " data bytes.");
        }
    }
}
