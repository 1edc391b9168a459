package io.wanstreams.tensors;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.Map;
import java.util.TreeMap;

/** Reads a whole safetensors stream into memory, believing nothing: limits first, then as much as really arrives. */
public final class SafetensorsReader {
    private SafetensorsReader() {}

    /**
     * Reads to the end of the stream, which stays open.
     *
     * @throws SafetensorsException if the bytes are not exactly one safetensors file within the limits
     */
    public static Safetensors read(InputStream in, SafetensorsLimits limits) throws IOException {
        SafetensorsHeader header = SafetensorsHeader.read(Channels.newChannel(in), limits);
        Map<String, Tensor> tensors = new TreeMap<>();
        for (TensorInfo info : header.inFileOrder()) {
            byte[] bytes = in.readNBytes(viewable(info));
            if (bytes.length < info.length()) {
                throw cutOff(info, bytes.length);
            }
            tensors.put(info.name(), Tensor.of(info.type(), info.shape(), ByteBuffer.wrap(bytes)));
        }
        if (in.read() >= 0) {
            throw trailing();
        }
        return new Safetensors(new TreeMap<>(tensors), header.metadata());
    }

    /**
     * Reads the remaining bytes of a buffer; the tensors are views of it, nothing is copied.
     *
     * @throws SafetensorsException if the bytes are not exactly one safetensors file within the limits
     */
    public static Safetensors read(ByteBuffer bytes, SafetensorsLimits limits) {
        ByteBuffer data = bytes.duplicate();
        SafetensorsHeader header = SafetensorsHeader.read(data, limits);
        Map<String, Tensor> tensors = new TreeMap<>();
        for (TensorInfo info : header.inFileOrder()) {
            if (info.length() > data.remaining()) {
                throw cutOff(info, data.remaining());
            }
            ByteBuffer slice = data.slice(data.position(), viewable(info));
            tensors.put(info.name(), Tensor.of(info.type(), info.shape(), slice));
            data.position(data.position() + slice.capacity());
        }
        if (data.hasRemaining()) {
            throw trailing();
        }
        return new Safetensors(new TreeMap<>(tensors), header.metadata());
    }

    private static int viewable(TensorInfo info) {
        if (info.length() > Integer.MAX_VALUE - 8) {
            throw new SafetensorsException(
                    "Tensor " + info.name() + " has " + info.length() + " bytes, more than one array can hold.");
        }
        return (int) info.length();
    }

    private static SafetensorsException cutOff(TensorInfo info, int found) {
        return new SafetensorsException("The data is cut off in tensor " + info.name() + ": " + info.length()
                + " bytes expected, " + found + " found.");
    }

    private static SafetensorsException trailing() {
        return new SafetensorsException("There are bytes behind the last tensor that no tensor owns.");
    }
}
