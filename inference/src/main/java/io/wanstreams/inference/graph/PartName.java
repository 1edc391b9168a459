package io.wanstreams.inference.graph;

/** Names, behind its own, under which a source holds the parts of a weight [out, in] that is not F32. */
public final class PartName {
    /** {@link LinearFormat#INT8}, I8 [in, out]: rounded to whole multiples of the column's scale. */
    public static final String INT8_VALUES = "#int8";
    /** {@link LinearFormat#INT8}, F32 [out]. */
    public static final String INT8_SCALE = "#scale";
    /** {@link LinearFormat#BFLOAT16}, of the weight's shape. */
    public static final String BFLOAT16 = "#bf16";
    /** {@link LinearFormat#BYTES}, U8 [out, blocks, {@value #BLOCK}]: 128 stands for 0. */
    public static final String BYTES_VALUES = "#u8";
    /** {@link LinearFormat#BYTES}, in the operands' type, [out · blocks]. */
    public static final String BYTES_SCALE = "#u8.scale";
    /** Inputs of a layer that share a scale in {@link LinearFormat#BYTES}; the last block may be filled up. */
    public static final int BLOCK = 128;

    private PartName() {}

    /** Blocks of one output. */
    public static long blocks(long in) {
        return (in + BLOCK - 1) / BLOCK;
    }
}
