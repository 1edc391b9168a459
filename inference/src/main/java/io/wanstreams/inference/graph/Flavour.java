package io.wanstreams.inference.graph;

/**
 * For what a graph is written: which operators it may use, and in which type matrices are multiplied and attention is
 * computed. Norms, modulation, gates, rotary embedding and the residual stream are F32 in all of them
 * (transformer-and-text.md §5.5). Source: onnxruntime-notes.md §4.
 *
 * @param operands FLOAT or BFLOAT16; a processor computes in FLOAT only
 */
public record Flavour(Provider provider, ElementType operands) {
    /** What runs a graph. */
    public enum Provider {
        /** Also ONNX Runtime's own operators. */
        CPU,
        /** Also ONNX Runtime's own operators; attention by the standard one, which has flash kernels. */
        CUDA,
        /** Standard operators only; attention as products and a softmax, which TensorRT fuses. */
        TENSORRT
    }

    public static final Flavour CPU = new Flavour(Provider.CPU, ElementType.FLOAT);
    public static final Flavour CUDA = new Flavour(Provider.CUDA, ElementType.BFLOAT16);
    public static final Flavour TENSORRT = new Flavour(Provider.TENSORRT, ElementType.BFLOAT16);

    public Flavour {
        boolean known = operands == ElementType.FLOAT || operands == ElementType.BFLOAT16;
        if (!known || (provider == Provider.CPU && operands != ElementType.FLOAT)) {
            throw new IllegalArgumentException("Graphs for " + provider + " do not compute in " + operands + ".");
        }
    }

    /** The same device, all in F32. */
    public Flavour inFloats() {
        return new Flavour(provider, ElementType.FLOAT);
    }
}
