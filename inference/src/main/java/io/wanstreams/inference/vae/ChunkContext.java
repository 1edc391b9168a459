package io.wanstreams.inference.vae;

import io.wanstreams.inference.graph.Dim;
import io.wanstreams.inference.graph.ElementType;
import io.wanstreams.inference.graph.GraphBuilder;
import io.wanstreams.inference.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * What the convolutions of one chunk know of the chunk before: of each convolution's input the last frames, zeros for the
 * first chunk. They enter the graph under the convolution's name, and leave it for the next chunk as
 * {@code next.<name>}. Source: vae.md §5.1, §7.3.
 */
final class ChunkContext {

    /** Axis of time, and how many frames a kernel of three looks back. */
    static final int TIME = 2;

    private static final int LOOK_BACK = 2;

    private final GraphBuilder graph;
    private final boolean first;
    private final List<String> names = new ArrayList<>();

    ChunkContext(GraphBuilder graph, boolean first) {
        this.graph = graph;
        this.first = first;
    }

    /** True in the graph of the first chunk, where nothing is stretched in time. */
    boolean isFirst() {
        return first;
    }

    /** The names of all contexts, in the order in which they are used. */
    List<String> names() {
        return List.copyOf(names);
    }

    static String leaving(String name) {
        return "next." + name;
    }

    /** The input of a convolution with its two frames of context before it. */
    Value extend(String name, Value x) {
        return extend(name, x, LOOK_BACK);
    }

    /** The input of a convolution with this many frames of context before it. */
    Value extend(String name, Value x, int lookBack) {
        List<Dim> dims = framesOf(x, lookBack);
        Value before = first ? zeros(graph, dims) : graph.input(name, ElementType.FLOAT, dims);
        Value window = graph.at(name).concat(TIME, List.of(before, x));
        leave(name, graph.at(name).slice(window, TIME, -lookBack, Long.MAX_VALUE));
        return window;
    }

    /** For a convolution that the first chunk goes around: its context stays zeros. */
    void skip(String name, Value x) {
        leave(name, zeros(graph, framesOf(x, LOOK_BACK)));
    }

    /** For a convolution that the first chunk goes around, and whose context is then the first chunk's frame. */
    void pass(String name, Value x) {
        leave(name, x);
    }

    private static List<Dim> framesOf(Value x, int frames) {
        List<Dim> dims = new ArrayList<>(x.dims());
        dims.set(TIME, Dim.of(frames));
        return dims;
    }

    static Value zeros(GraphBuilder graph, List<Dim> dims) {
        return graph.expand(graph.constant(new float[] {0}, 1, 1, 1, 1, 1), dims);
    }

    private void leave(String name, Value context) {
        names.add(name);
        graph.output(leaving(name), context);
    }
}
