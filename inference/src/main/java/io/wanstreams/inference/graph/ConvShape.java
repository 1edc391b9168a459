package io.wanstreams.inference.graph;

import java.util.Arrays;

/**
 * Strides and zero padding of a convolution, one number per spatial axis; dilation is always 1.
 *
 * @param groups 1, or the number of channel groups
 */
@SuppressWarnings("ArrayRecordComponent") // a bundle of arguments, never compared
public record ConvShape(long[] strides, long[] padsBefore, long[] padsAfter, long groups) {
    public ConvShape {
        if (padsBefore.length != strides.length || padsAfter.length != strides.length || groups < 1) {
            throw new IllegalArgumentException("Strides and pads need one number per spatial axis, groups at least 1.");
        }
    }

    /** Stride 1, no padding. */
    public static ConvShape plain(int spatialAxes) {
        long[] ones = new long[spatialAxes];
        Arrays.fill(ones, 1);
        return new ConvShape(ones, new long[spatialAxes], new long[spatialAxes], 1);
    }

    public ConvShape strides(long... newStrides) {
        return new ConvShape(newStrides, padsBefore, padsAfter, groups);
    }

    /** The same padding on both sides. */
    public ConvShape pads(long... both) {
        return new ConvShape(strides, both, both, groups);
    }

    public ConvShape pads(long[] before, long[] after) {
        return new ConvShape(strides, before, after, groups);
    }

    Attributes attributes(Attributes attributes) {
        long[] pads = Arrays.copyOf(padsBefore, 2 * padsBefore.length);
        System.arraycopy(padsAfter, 0, pads, padsBefore.length, padsAfter.length);
        return attributes.with("strides", strides).with("pads", pads).with("group", groups);
    }
}
