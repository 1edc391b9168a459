package io.wanstreams.inference.checkpoint;

import io.wanstreams.inference.graph.LinearFormat;
import io.wanstreams.inference.graph.PartName;
import io.wanstreams.tensors.DType;
import io.wanstreams.tensors.HalfFloat;
import io.wanstreams.tensors.SafetensorsLayout.Slot;
import io.wanstreams.tensors.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every value rounded to BF16; tensors that are BF16 in their file are used where they lie. */
record Bfloat16Reduction() implements Reduction {

    @Override
    public LinearFormat format() {
        return LinearFormat.BFLOAT16;
    }

    @Override
    public String key() {
        return "bf16";
    }

    @Override
    public SortedMap<String, Slot> parts(Shape shape) {
        return new TreeMap<>(Map.of(PartName.BFLOAT16, new Slot(DType.BF16, shape)));
    }

    @Override
    public void write(Weights weights, String name, String part, FileChannel out) throws IOException {
        weights.stream(name, sink(out));
    }

    @Override
    public boolean isDone(StoredTensor tensor) {
        return tensor.encoding() == Encoding.BF16 && tensor.scale() == 1;
    }

    /** A sink that writes values as BF16. */
    static StoredTensor.Sink sink(FileChannel out) {
        return (values, count) -> {
            ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < count; i++) {
                bytes.putShort(HalfFloat.toBf16(values[i]));
            }
            WeightCache.writeAll(bytes.flip(), out);
        };
    }
}
