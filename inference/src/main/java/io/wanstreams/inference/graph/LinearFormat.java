package io.wanstreams.inference.graph;

/** How the weight [out, in] of a linear layer is stored and multiplied; {@link PartName} names its parts. */
public enum LinearFormat {
    /** F32, as the checkpoint has it. */
    FLOAT,
    /** Bytes with a scale per output; inputs are rounded to bytes in each call. On processors. */
    INT8,
    /** BF16, and so are inputs, bias and sums' results. On GPUs. */
    BFLOAT16,
    /** Bytes with a scale per block of inputs; multiplied with BF16 (or F32) inputs. With CUDA. */
    BYTES
}
