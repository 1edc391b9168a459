package io.wanstreams.inference.checkpoint;

import io.wanstreams.inference.graph.LinearFormat;
import io.wanstreams.inference.graph.PartName;
import io.wanstreams.tensors.DType;
import io.wanstreams.tensors.SafetensorsLayout.Slot;
import io.wanstreams.tensors.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Bytes with a scale per output, {@link Int8Matrix}.
 *
 * @param limit largest magnitude of a byte
 */
record Int8Reduction(int limit) implements Reduction {

    @Override
    public LinearFormat format() {
        return LinearFormat.INT8;
    }

    @Override
    public String key() {
        return "int8." + limit;
    }

    @Override
    public SortedMap<String, Slot> parts(Shape shape) {
        return new TreeMap<>(Map.of(
                PartName.INT8_VALUES, new Slot(DType.I8, Shape.of(shape.dim(1), shape.dim(0))),
                PartName.INT8_SCALE, new Slot(DType.F32, Shape.of(shape.dim(0)))));
    }

    @Override
    public void write(Weights weights, String name, String part, FileChannel out) throws IOException {
        Int8Matrix matrix = Int8Matrix.of(weights, name, limit);
        if (part.equals(PartName.INT8_VALUES)) {
            WeightCache.writeAll(ByteBuffer.wrap(matrix.values()), out);
        } else {
            WeightCache.floats(out).accept(matrix.scales(), matrix.scales().length);
        }
    }
}
