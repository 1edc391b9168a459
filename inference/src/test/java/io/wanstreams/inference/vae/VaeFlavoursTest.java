package io.wanstreams.inference.vae;

import io.wanstreams.inference.GoldenCase;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.graph.ElementType;
import io.wanstreams.inference.graph.Flavour;
import io.wanstreams.inference.graph.KernelTable;
import io.wanstreams.inference.session.Inferred;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both autoencoders, both ways, first and later chunks; in F32, as the references run them on GPUs. */
class VaeFlavoursTest {

    @TempDir
    Path cache;

    @ParameterizedTest
    @CsvSource({"t2v-32x48x9, CUDA", "t2v-32x48x9, TENSORRT", "ti2v-64x96x9-text, CUDA", "ti2v-64x96x9-text, TENSORRT"})
    void everyOperatorHasAKernel(String name, Flavour.Provider provider) {
        Checkpoint checkpoint = Checkpoint.open(GoldenCase.read(name).checkpoint(), cache);
        Flavour flavour = new Flavour(provider, ElementType.FLOAT);
        for (ChunkGraph.Writer writer : List.<ChunkGraph.Writer>of(DecoderGraph::of, EncoderGraph::of)) {
            for (boolean first : new boolean[] {true, false}) {
                ChunkGraph graph = writer.write(checkpoint.vae(), checkpoint.weights("vae"), flavour, first);
                KernelTable.of(provider).runsAll(graph.model());
                Inferred.byTheRuntime(graph.model());
            }
        }
    }
}
