package io.wanstreams.inference.checkpoint;

import io.wanstreams.inference.graph.LinearFormat;
import io.wanstreams.inference.graph.PartName;
import io.wanstreams.tensors.DType;
import io.wanstreams.tensors.HalfFloat;
import io.wanstreams.tensors.SafetensorsLayout.Slot;
import io.wanstreams.tensors.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Bytes with a scale per block of inputs: s = max |w| / 127, b = 128 + round(w / s). Scales are rounded to their own type
 * first, so the bytes make up for that. Source: onnxruntime-notes.md §6.
 *
 * @param scales BF16 or F32, as the inputs of the layers will be
 */
record BytesReduction(DType scales) implements Reduction {

    static final BytesReduction FOR_BFLOAT16 = new BytesReduction(DType.BF16);

    private static final int MOST = 127;
    private static final int ZERO = 128;

    @Override
    public LinearFormat format() {
        return LinearFormat.BYTES;
    }

    @Override
    public String key() {
        return "u8." + PartName.BLOCK + "." + scales;
    }

    @Override
    public SortedMap<String, Slot> parts(Shape shape) {
        long blocks = PartName.blocks(shape.dim(1));
        return new TreeMap<>(Map.of(
                PartName.BYTES_VALUES, new Slot(DType.U8, Shape.of(shape.dim(0), blocks, PartName.BLOCK)),
                PartName.BYTES_SCALE, new Slot(scales, Shape.of(shape.dim(0) * blocks))));
    }

    @Override
    public void write(Weights weights, String name, String part, FileChannel out) throws IOException {
        int in = Math.toIntExact(weights.shape(name).dim(1));
        StoredTensor.Sink scaleSink = scales == DType.BF16 ? Bfloat16Reduction.sink(out) : WeightCache.floats(out);
        weights.stream(
                name,
                part.equals(PartName.BYTES_VALUES)
                        ? new Rows(in, row -> WeightCache.writeAll(ByteBuffer.wrap(bytes(row)), out))
                        : new Rows(in, row -> scaleSink.accept(scales(row), (int) PartName.blocks(row.length))));
    }

    private float[] scales(float[] row) {
        float[] all = new float[(int) PartName.blocks(row.length)];
        for (int i = 0; i < row.length; i++) {
            int block = i / PartName.BLOCK;
            all[block] = Math.max(all[block], Math.abs(row[i]));
        }
        for (int block = 0; block < all.length; block++) {
            all[block] = all[block] == 0 ? 1 : rounded(all[block] / MOST);
        }
        return all;
    }

    private float rounded(float scale) {
        return scales == DType.BF16 ? HalfFloat.bf16(HalfFloat.toBf16(scale)) : scale;
    }

    /** The last block is filled up with what stands for zero. */
    private byte[] bytes(float[] row) {
        float[] scales = scales(row);
        byte[] bytes = new byte[scales.length * PartName.BLOCK];
        for (int i = 0; i < bytes.length; i++) {
            double value = i < row.length ? Math.rint(row[i] / scales[i / PartName.BLOCK]) : 0;
            bytes[i] = (byte) (ZERO + Math.max(-ZERO, Math.min(MOST, value)));
        }
        return bytes;
    }
}
