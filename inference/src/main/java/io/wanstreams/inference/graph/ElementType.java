package io.wanstreams.inference.graph;

/** Element types of ONNX tensors, with the numbers of {@code TensorProto.DataType}. */
public enum ElementType {
    FLOAT(1),
    UINT8(2),
    INT8(3),
    INT32(6),
    INT64(7),
    BOOL(9),
    FLOAT16(10),
    DOUBLE(11),
    BFLOAT16(16);

    private final int code;

    ElementType(int code) {
        this.code = code;
    }

    /** The number in the protobuf message. */
    public int code() {
        return code;
    }
}
