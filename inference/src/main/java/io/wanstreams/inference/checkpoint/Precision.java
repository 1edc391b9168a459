package io.wanstreams.inference.checkpoint;

import java.util.Locale;

/** In what a transformer's large layers are computed on a CPU. */
public enum Precision {
    /** As the references do. */
    FP32,
    /** Eight bits, about a quarter of the memory; slightly other pixels (onnxruntime-notes.md §6). */
    INT8,
    /** FP32, unless its weights are more than this machine's memory can hold and the processor multiplies bytes fast. */
    AUTO;

    /** Weights may take this share of the memory before {@link #AUTO} changes over. */
    private static final double MEMORY_SHARE = 0.8;

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException naming what was found and what is possible
     */
    public static Precision parse(String text) {
        for (Precision precision : values()) {
            if (precision.toString().equals(text)) {
                return precision;
            }
        }
        throw new IllegalArgumentException("A precision is one of auto, fp32, int8, found \"" + text + "\".");
    }

    /**
     * What is computed in: FP32 or INT8.
     *
     * @param weightBytes of the transformer in FP32
     */
    public Precision effective(long weightBytes, Processor processor) {
        if (this != AUTO) {
            return this;
        }
        boolean fits = weightBytes <= processor.memoryBytes() * MEMORY_SHARE;
        return fits || !processor.multipliesBytes() ? FP32 : INT8;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
