package io.wanstreams.inference.checkpoint;

import io.wanstreams.inference.graph.ElementType;
import io.wanstreams.inference.graph.Flavour;
import java.util.Locale;

/** In what a transformer's large layers are computed. */
public enum Precision {
    /** As the references do. */
    FP32,
    /** Eight bits, about a quarter of the memory; slightly other pixels (onnxruntime-notes.md §6). */
    INT8,
    /** Halves, on GPUs: what the published models are meant for. */
    BF16,
    /** Halves, with weights in eight bits: half the memory of BF16. With CUDA. */
    W8,
    /** On a GPU BF16; on a CPU FP32, unless its weights are more than this machine's memory can hold and the processor multiplies bytes fast. */
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
        throw new IllegalArgumentException("A precision is one of auto, fp32, int8, bf16, w8, found \"" + text + "\".");
    }

    /**
     * What is computed in.
     *
     * @param weightBytes of the transformer in FP32
     * @return FP32 or INT8
     * @throws IllegalArgumentException if a processor does not compute in it
     */
    public Precision effective(long weightBytes, Processor processor) {
        if (this == BF16 || this == W8) {
            throw new IllegalArgumentException(
                    "Precision " + this + " is for GPUs, a processor computes in fp32 or int8.");
        }
        if (this != AUTO) {
            return this;
        }
        boolean fits = weightBytes <= processor.memoryBytes() * MEMORY_SHARE;
        return fits || !processor.multipliesBytes() ? FP32 : INT8;
    }

    /**
     * What is computed in by what runs a graph.
     *
     * @throws IllegalArgumentException if it does not compute in it
     */
    public Precision effective(Flavour.Provider provider, Weights weights) {
        if (provider == Flavour.Provider.CPU) {
            return effective(weights.floatBytes(), Processor.ofThisMachine());
        }
        if (this == INT8 || (this == W8 && provider == Flavour.Provider.TENSORRT)) {
            throw new IllegalArgumentException("Precision " + this + " is not for " + provider
                    + ", which computes in fp32, bf16"
                    + (this == INT8 && provider == Flavour.Provider.CUDA ? ", w8" : "")
                    + ".");
        }
        return this == AUTO ? BF16 : this;
    }

    /** The type of the operands of products and attention. */
    public ElementType operands() {
        return this == BF16 || this == W8 ? ElementType.BFLOAT16 : ElementType.FLOAT;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
