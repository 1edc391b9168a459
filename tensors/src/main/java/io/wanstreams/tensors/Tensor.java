package io.wanstreams.tensors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A dense row-major array of one element type. The bytes are little-endian, as in a safetensors file, and shared, not
 * copied, with the buffer they came from: whoever hands a buffer over stops writing to it. At most 2 GiB − 1.
 */
public final class Tensor {
    private final DType type;
    private final Shape shape;
    private final ByteBuffer bytes;

    private Tensor(DType type, Shape shape, ByteBuffer bytes) {
        this.type = type;
        this.shape = shape;
        this.bytes = bytes;
    }

    /**
     * A tensor over the remaining bytes of a buffer.
     *
     * @throws IllegalArgumentException if the buffer does not hold exactly the bytes that type and shape need
     */
    public static Tensor of(DType type, Shape shape, ByteBuffer bytes) {
        if (shape.bytes(type) != bytes.remaining()) {
            throw new IllegalArgumentException("A tensor " + type + " " + shape + " takes " + shape.bytes(type)
                    + " bytes, the buffer holds " + bytes.remaining() + ".");
        }
        return new Tensor(type, shape, bytes.slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN));
    }

    /** An F32 tensor of a copy of these values. */
    public static Tensor of(float[] values, long... dims) {
        ByteBuffer bytes = allocate(values.length, DType.F32);
        bytes.asFloatBuffer().put(values);
        return of(DType.F32, Shape.of(dims), bytes);
    }

    /** An I64 tensor of a copy of these values. */
    public static Tensor of(long[] values, long... dims) {
        ByteBuffer bytes = allocate(values.length, DType.I64);
        bytes.asLongBuffer().put(values);
        return of(DType.I64, Shape.of(dims), bytes);
    }

    /** An I32 tensor of a copy of these values. */
    public static Tensor of(int[] values, long... dims) {
        ByteBuffer bytes = allocate(values.length, DType.I32);
        bytes.asIntBuffer().put(values);
        return of(DType.I32, Shape.of(dims), bytes);
    }

    /** A U8 tensor of a copy of these values. */
    public static Tensor of(byte[] values, long... dims) {
        return of(DType.U8, Shape.of(dims), ByteBuffer.wrap(values.clone()));
    }

    private static ByteBuffer allocate(int elements, DType type) {
        return ByteBuffer.allocate(Math.multiplyExact(elements, type.byteSize()))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    public DType type() {
        return type;
    }

    public Shape shape() {
        return shape;
    }

    /** The bytes, read-only, little-endian, position 0; a fresh view at every call. */
    public ByteBuffer bytes() {
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * A read-only view of an F32 tensor, without a copy.
     *
     * @throws IllegalStateException for another element type
     */
    public FloatBuffer floats() {
        if (type != DType.F32) {
            throw new IllegalStateException("Only an F32 tensor can be viewed as floats, this one is " + type + ".");
        }
        return bytes().asFloatBuffer();
    }

    /**
     * The values of an F16, BF16, F32 or F64 tensor, converted.
     *
     * @throws IllegalStateException for another element type
     */
    public float[] toFloats() {
        float[] values = new float[Math.toIntExact(shape.elements())];
        ByteBuffer source = bytes();
        switch (type) {
            case F32 -> source.asFloatBuffer().get(values);
            case F16 -> fill(values, i -> HalfFloat.f16(source.getShort(2 * i)));
            case BF16 -> fill(values, i -> HalfFloat.bf16(source.getShort(2 * i)));
            case F64 -> fill(values, i -> (float) source.getDouble(8 * i));
            default -> throw new IllegalStateException("Tensor of type " + type + " has no float values.");
        }
        return values;
    }

    /**
     * The values of an integer or BOOL tensor of up to 64 bits, converted.
     *
     * @throws IllegalStateException for another element type
     */
    public long[] toLongs() {
        long[] values = new long[Math.toIntExact(shape.elements())];
        ByteBuffer source = bytes();
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case BOOL, U8 -> source.get(i) & 0xffL;
                case I8 -> source.get(i);
                case U16 -> source.getShort(2 * i) & 0xffffL;
                case I16 -> source.getShort(2 * i);
                case U32 -> source.getInt(4 * i) & 0xffffffffL;
                case I32 -> source.getInt(4 * i);
                case I64 -> source.getLong(8 * i);
                default -> throw new IllegalStateException("Tensor of type " + type + " has no integer values.");
            };
        }
        return values;
    }

    private static void fill(float[] values, FloatAt source) {
        for (int i = 0; i < values.length; i++) {
            values[i] = source.at(i);
        }
    }

    @FunctionalInterface
    private interface FloatAt {
        float at(int index);
    }

    /** Equal type, shape and bytes. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor that
                && type == that.type
                && shape.equals(that.shape)
                && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * type.hashCode() + shape.hashCode()) + bytes.hashCode();
    }

    @Override
    public String toString() {
        return type + " " + shape;
    }
}
