package io.wanstreams.inference.vae;

import io.wanstreams.inference.checkpoint.CheckpointException;
import io.wanstreams.inference.graph.Dim;
import io.wanstreams.inference.graph.GraphBuilder;
import io.wanstreams.inference.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The shortcut around a stage of the Wan2.2 encoder, "AvgDown3D": what lies together in time, height and width becomes
 * channels {@code m = ((c·ft+dt)·fs+dy)·fs+dx}, and each run of {@code in·ft·fs²/out} of them is averaged. Frames that do
 * not fill ft get zeros before them. Source: vae.md §6.
 *
 * @param name of the stage
 * @param in channels
 * @param out channels; divides {@code in·ft·fs²}
 * @param time whether frames are halved too, ft = 2
 * @param space whether height and width are halved, fs = 2
 */
record AveragingShortcut(String name, long in, long out, boolean time, boolean space) {

    Value apply(GraphBuilder graph, Value x) {
        GraphBuilder here = graph.at(name + ".avg_shortcut");
        long ft = time ? 2 : 1;
        long fs = space ? 2 : 1;
        long total = in * ft * fs * fs;
        if (total % out != 0) {
            throw new CheckpointException("The VAE's config has widths that do not divide: stage " + name
                    + " cannot average " + total + " channels to " + out + ".");
        }
        return total == in && in == out ? x : averaged(here, filled(here, x, ft), ft, fs);
    }

    private static Value filled(GraphBuilder graph, Value x, long ft) {
        long missing = Math.floorMod(-x.dim(ChunkContext.TIME).size(), ft);
        if (missing == 0) {
            return x;
        }
        List<Dim> dims = new ArrayList<>(x.dims());
        dims.set(ChunkContext.TIME, Dim.of(missing));
        return graph.concat(ChunkContext.TIME, List.of(ChunkContext.zeros(graph, dims), x));
    }

    private Value averaged(GraphBuilder graph, Value x, long ft, long fs) {
        Dim t = x.dim(ChunkContext.TIME).dividedBy(ft);
        Dim h = x.dim(-2).dividedBy(fs);
        Dim w = x.dim(-1).dividedBy(fs);
        Value apart = graph.reshape(x, List.of(Dim.of(in), t, Dim.of(ft), h, Dim.of(fs), w, Dim.of(fs)));
        Value ordered = graph.transpose(apart, 0, 2, 4, 6, 1, 3, 5);
        Value runs = graph.reshape(ordered, List.of(Dim.of(out), Dim.of(in * ft * fs * fs / out), t, h, w));
        return graph.unsqueeze(graph.reduceMean(runs, false, 1), 0);
    }
}
