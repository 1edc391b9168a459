package io.wanstreams.inference.graph;

/** Names under which a source holds the parts of a weight [out, in] in eight bits. */
public final class Int8Name {
    /** I8 [in, out]: rounded to whole multiples of the column's scale. */
    public static final String VALUES = "#int8";
    /** F32 [out]. */
    public static final String SCALE = "#scale";

    private Int8Name() {}
}
