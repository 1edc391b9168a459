package io.wanstreams.inference.graph;

/** Element types of ONNX tensors, with the numbers of {@code TensorProto.DataType}. */
public enum ElementType {
    FLOAT(1, 4),
    UINT8(2, 1),
    INT8(3, 1),
    INT32(6, 4),
    INT64(7, 8),
    BOOL(9, 1),
    FLOAT16(10, 2),
    DOUBLE(11, 8),
    BFLOAT16(16, 2);

    private final int code;
    private final int byteSize;

    ElementType(int code, int byteSize) {
        this.code = code;
        this.byteSize = byteSize;
    }

    /** The number in the protobuf message. */
    public int code() {
        return code;
    }

    /** Bytes of one element. */
    public int byteSize() {
        return byteSize;
    }
}
