package io.wanstreams.tensors;

import java.util.Optional;

/** Element types of the safetensors format; the constants' names are the names in the file. */
public enum DType {
    BOOL(1),
    U8(1),
    I8(1),
    F8_E4M3(1),
    F8_E5M2(1),
    F8_E8M0(1),
    U16(2),
    I16(2),
    F16(2),
    BF16(2),
    U32(4),
    I32(4),
    F32(4),
    U64(8),
    I64(8),
    F64(8),
    C64(8);

    private final int byteSize;

    DType(int byteSize) {
        this.byteSize = byteSize;
    }

    /** Size of one element in bytes. */
    public int byteSize() {
        return byteSize;
    }

    /** True for the types whose values {@link Tensor#toFloats()} can give. */
    public boolean isFloating() {
        return switch (this) {
            case F16, BF16, F32, F64 -> true;
            case BOOL, U8, I8, F8_E4M3, F8_E5M2, F8_E8M0, U16, I16, U32, I32, U64, I64, C64 -> false;
        };
    }

    /** The type of that name in a safetensors header; empty for a name this version does not know. */
    public static Optional<DType> named(String name) {
        for (DType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
