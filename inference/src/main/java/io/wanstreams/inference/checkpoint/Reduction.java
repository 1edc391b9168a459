package io.wanstreams.inference.checkpoint;

import io.wanstreams.inference.graph.LinearFormat;
import io.wanstreams.tensors.SafetensorsLayout.Slot;
import io.wanstreams.tensors.Shape;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.SortedMap;

/** How matrices are made smaller, once, into a file of the cache. */
sealed interface Reduction permits Int8Reduction, Bfloat16Reduction, BytesReduction {

    LinearFormat format();

    /** What the bytes depend on besides the weights; also ends the file's name. */
    String key();

    /** The parts of a matrix behind its name, as {@link io.wanstreams.inference.graph.PartName} has them. */
    SortedMap<String, Slot> parts(Shape shape);

    /** Writes one part of a matrix. */
    void write(Weights weights, String name, String part, FileChannel out) throws IOException;

    /** Whether a tensor lies in its file as its only part should be. */
    default boolean isDone(StoredTensor tensor) {
        return false;
    }
}
