package io.wanstreams.tensors;

/** Sixteen-bit floating point and {@code float}; to {@code float} exact for every value, NaN payloads included. */
public final class HalfFloat {
    private static final int F16_EXPONENT = 0x1f;
    private static final float F16_SUBNORMAL_UNIT = 0x1p-24f;

    private HalfFloat() {}

    /** The value of an IEEE 754 binary16. */
    public static float f16(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = bits >>> 10 & F16_EXPONENT;
        int fraction = bits & 0x3ff;
        if (exponent == 0) {
            float magnitude = fraction * F16_SUBNORMAL_UNIT;
            return sign == 0 ? magnitude : -magnitude;
        }
        int wide = exponent == F16_EXPONENT ? 0xff : exponent + 112;
        return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
    }

    /** The value of a bfloat16: the upper half of a {@code float}. */
    public static float bf16(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** The bfloat16 next to a value; of two as near the even one, as PyTorch rounds. */
    public static short toBf16(float value) {
        int bits = Float.floatToRawIntBits(value);
        boolean nan = Float.isNaN(value);
        return (short) ((nan ? bits | 0x400000 : bits + 0x7fff + (bits >>> 16 & 1)) >>> 16);
    }
}
