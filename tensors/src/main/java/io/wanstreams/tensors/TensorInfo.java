package io.wanstreams.tensors;

/**
 * One entry of a safetensors header.
 *
 * @param begin first byte, counted from the first byte after the header
 * @param end one past the last byte
 */
public record TensorInfo(String name, DType type, Shape shape, long begin, long end) {
    public TensorInfo {
        if (begin < 0 || end < begin || end - begin != shape.bytes(type)) {
            throw new IllegalArgumentException("Tensor " + name + " is " + type + " " + shape + ", which takes "
                    + shape.bytes(type) + " bytes, but its offsets are [" + begin + "," + end + "].");
        }
    }

    /** Length in bytes. */
    public long length() {
        return end - begin;
    }
}
