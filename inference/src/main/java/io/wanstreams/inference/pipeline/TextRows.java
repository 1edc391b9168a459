package io.wanstreams.inference.pipeline;

/**
 * An encoded prompt: one row per token, end token included. The rows up to the text length of the transformer (512) are
 * zeros and not kept here.
 *
 * @param tokens number of rows, ≥ 1
 * @param width width of a row
 * @param values [tokens, width], not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record TextRows(int tokens, int width, float[] values) {

    public TextRows {
        if (tokens < 1 || width < 1 || (long) tokens * width != values.length) {
            throw new IllegalArgumentException("Text rows [" + tokens + ", " + width + "] need " + (long) tokens * width
                    + " values, found " + values.length + ".");
        }
    }
}
