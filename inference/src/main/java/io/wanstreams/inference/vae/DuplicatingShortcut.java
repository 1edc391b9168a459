package io.wanstreams.inference.vae;

import io.wanstreams.inference.checkpoint.CheckpointException;
import io.wanstreams.inference.graph.Dim;
import io.wanstreams.inference.graph.GraphBuilder;
import io.wanstreams.inference.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The shortcut around a stage of the Wan2.2 decoder, "DupUp3D": channels, each repeated, spread over time, height and
 * width: {@code out[o, t·ft+dt, y·2+dy, x·2+dx] = in[m / rep, t, y, x]} with
 * {@code m = ((o·ft+dt)·2+dy)·2+dx} and {@code rep = out·ft·4 / in}. Source: vae.md §6.
 *
 * <p>What neighbours share is gathered once and doubled by the runtime's fast nearest resize.
 *
 * @param name of the stage
 * @param in channels
 * @param out channels; {@code in} divides {@code out·ft·4}
 * @param time whether frames double too, ft = 2; of the first chunk only the last of each ft frames is kept
 */
record DuplicatingShortcut(String name, long in, long out, boolean time) {

    private static final int SPACE = 2;

    Value apply(GraphBuilder graph, boolean firstChunk, Value x) {
        GraphBuilder here = graph.at(name + ".avg_shortcut");
        int factor = time ? 2 : 1;
        long total = out * factor * SPACE * SPACE;
        if (total % in != 0) {
            throw new CheckpointException("The VAE's config has widths that do not divide: stage " + name
                    + " cannot spread " + in + " channels over " + total + ".");
        }
        long repeats = total / in;
        int rows = repeats % (SPACE * SPACE) == 0 ? 1 : SPACE;
        int columns = repeats % SPACE == 0 ? 1 : SPACE;
        int frames = firstChunk ? 1 : factor;
        long[] sources = sources(repeats, factor, frames, rows, columns);
        Value spread = spread(here, gather(here, x, sources), x, frames, rows, columns);
        return here.unsqueeze(resized(here, spread, SPACE / rows, SPACE / columns), 0);
    }

    /** The input channel of each [out, frame, row, column]. */
    private long[] sources(long repeats, int factor, int frames, int rows, int columns) {
        long[] sources = new long[Math.toIntExact(out * frames * rows * columns)];
        int i = 0;
        for (long o = 0; o < out; o++) {
            for (int dt = factor - frames; dt < factor; dt++) {
                for (int dy = 0; dy < rows; dy++) {
                    for (int dx = 0; dx < columns; dx++) {
                        sources[i++] = (((o * factor + dt) * SPACE + dy) * SPACE + dx) / repeats;
                    }
                }
            }
        }
        return sources;
    }

    private Value gather(GraphBuilder graph, Value x, long[] sources) {
        boolean same = sources.length == in;
        for (int i = 0; same && i < sources.length; i++) {
            same = sources[i] == i;
        }
        return same ? x : graph.gather(x, graph.constant(sources, sources.length), 1);
    }

    /** [1, out·frames·rows·columns, t, h, w] to [out, t·frames, h·rows, w·columns]. */
    private Value spread(GraphBuilder graph, Value x, Value like, int frames, int rows, int columns) {
        Dim t = like.dim(ChunkContext.TIME);
        Dim h = like.dim(-2);
        Dim w = like.dim(-1);
        List<Dim> apart = new ArrayList<>(List.of(Dim.of(out)));
        List<Dim> factors = List.of(Dim.of(frames), Dim.of(rows), Dim.of(columns));
        List<Dim> real = factors.stream().filter(factor -> !factor.is(1)).toList();
        apart.addAll(real);
        apart.addAll(List.of(t, h, w));
        if (real.isEmpty()) {
            return graph.squeeze(x, 0);
        }
        int[] order = new int[apart.size()];
        int next = 1;
        int factor = 1;
        for (int i = 0; i < factors.size(); i++) {
            order[next++] = 1 + real.size() + i;
            if (!factors.get(i).is(1)) {
                order[next++] = factor++;
            }
        }
        Value ordered = graph.transpose(graph.reshape(x, apart), order);
        return graph.reshape(ordered, List.of(Dim.of(out), t.times(frames), h.times(rows), w.times(columns)));
    }

    private static Value resized(GraphBuilder graph, Value x, int height, int width) {
        return height * width == 1 ? x : graph.upsampleNearest(x, height, width);
    }
}
