package io.wanstreams.inference.checkpoint;

import io.wanstreams.tensors.DType;
import io.wanstreams.tensors.HalfFloat;
import java.nio.ByteBuffer;
import java.util.Optional;

/** How floating-point values lie in a file. Little-endian; rows first. */
enum Encoding {
    F32(1, 4),
    F16(1, 2),
    BF16(1, 2),
    F64(1, 8),
    /** Sign, four bits of exponent, three of fraction; no infinities. */
    F8_E4M3(1, 1),
    /** The upper half of F16. */
    F8_E5M2(1, 1),
    /** GGUF: 32 signed bytes after the F16 that scales them. */
    Q8_0(32, 34);

    /** Elements in the smallest piece that can be read alone. */
    final int blockElements;

    private final int blockBytes;

    Encoding(int blockElements, int blockBytes) {
        this.blockElements = blockElements;
        this.blockBytes = blockBytes;
    }

    static Optional<Encoding> of(DType type) {
        return switch (type) {
            case F32 -> Optional.of(F32);
            case F16 -> Optional.of(F16);
            case BF16 -> Optional.of(BF16);
            case F64 -> Optional.of(F64);
            case F8_E4M3 -> Optional.of(F8_E4M3);
            case F8_E5M2 -> Optional.of(F8_E5M2);
            case BOOL, U8, I8, F8_E8M0, U16, I16, U32, I32, U64, I64, C64 -> Optional.empty();
        };
    }

    /** Bytes of so many elements, a multiple of a block's. */
    long bytes(long elements) {
        return Math.multiplyExact(elements / blockElements, (long) blockBytes);
    }

    /** Reads elements from the buffer's beginning. */
    void decode(ByteBuffer source, int elements, float[] target) {
        switch (this) {
            case F32 -> source.asFloatBuffer().get(target, 0, elements);
            case Q8_0 -> decodeBlocks(source, elements, target);
            case F16, BF16, F64, F8_E4M3, F8_E5M2 -> {
                for (int i = 0; i < elements; i++) {
                    target[i] = decodeOne(source, i);
                }
            }
        }
    }

    private float decodeOne(ByteBuffer source, int i) {
        return switch (this) {
            case F16 -> HalfFloat.f16(source.getShort(2 * i));
            case BF16 -> HalfFloat.bf16(source.getShort(2 * i));
            case F64 -> (float) source.getDouble(8 * i);
            case F8_E4M3 -> e4m3(source.get(i));
            case F8_E5M2 -> HalfFloat.f16((short) (source.get(i) << 8));
            case F32, Q8_0 -> throw new IllegalStateException(this + " is decoded in one go.");
        };
    }

    private static float e4m3(byte bits) {
        int exponent = bits >> 3 & 0xf;
        int fraction = bits & 7;
        if (exponent == 0xf && fraction == 7) {
            return Float.NaN;
        }
        float magnitude = exponent == 0 ? fraction * 0x1p-9f : Math.scalb(1 + fraction / 8f, exponent - 7);
        return bits < 0 ? -magnitude : magnitude;
    }

    private static void decodeBlocks(ByteBuffer source, int elements, float[] target) {
        for (int i = 0; i < elements; i++) {
            int block = i / Q8_0.blockElements * Q8_0.blockBytes;
            target[i] = HalfFloat.f16(source.getShort(block)) * source.get(block + 2 + i % Q8_0.blockElements);
        }
    }
}
