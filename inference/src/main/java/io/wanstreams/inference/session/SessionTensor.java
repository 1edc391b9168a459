package io.wanstreams.inference.session;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;

/**
 * A tensor in the runtime's memory: an input made here, or a result that can be the input of the next run as it is.
 * Close it when no run needs it any more.
 */
public final class SessionTensor implements AutoCloseable {
    private final OnnxTensor tensor;

    SessionTensor(OnnxTensor tensor) {
        this.tensor = tensor;
    }

    /** An F32 tensor of a copy of these values. */
    public static SessionTensor of(float[] values, long... dims) {
        FloatBuffer buffer = direct(values.length, Float.BYTES).asFloatBuffer();
        buffer.put(values).flip();
        try {
            return new SessionTensor(OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), buffer, dims));
        } catch (OrtException e) {
            throw new InferenceException("A tensor could not be made: " + e.getMessage(), e);
        }
    }

    /** An I64 tensor of a copy of these values. */
    public static SessionTensor of(long[] values, long... dims) {
        LongBuffer buffer = direct(values.length, Long.BYTES).asLongBuffer();
        buffer.put(values).flip();
        try {
            return new SessionTensor(OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), buffer, dims));
        } catch (OrtException e) {
            throw new InferenceException("A tensor could not be made: " + e.getMessage(), e);
        }
    }

    /** An F32 tensor of zeros; extents may be 0. */
    public static SessionTensor zeros(long... dims) {
        long elements = 1;
        for (long dim : dims) {
            elements = Math.multiplyExact(elements, dim);
        }
        return of(new float[Math.toIntExact(elements)], dims);
    }

    private static ByteBuffer direct(int elements, int size) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(elements, size)).order(ByteOrder.nativeOrder());
    }

    OnnxTensor tensor() {
        return tensor;
    }

    /** The extents, outermost first. */
    public long[] dims() {
        return tensor.getInfo().getShape();
    }

    /** The values of an F32 tensor, copied into Java memory. */
    public float[] toFloats() {
        FloatBuffer buffer = tensor.getFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    @Override
    public void close() {
        tensor.close();
    }
}
