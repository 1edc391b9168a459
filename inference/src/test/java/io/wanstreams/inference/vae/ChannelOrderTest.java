package io.wanstreams.inference.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.wanstreams.inference.checkpoint.CheckpointException;
import io.wanstreams.inference.graph.Dim;
import io.wanstreams.inference.graph.ElementType;
import io.wanstreams.inference.graph.GraphBuilder;
import io.wanstreams.inference.graph.Value;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.Results;
import io.wanstreams.inference.session.Session;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.session.SessionTensor;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** vae.md §13, acceptance tests 4 and 5: which channel goes where, on inputs that are their own index. */
class ChannelOrderTest {

    @ParameterizedTest
    @CsvSource({
        "8, 8, true",
        "8, 4, false",
        "8, 2, false",
        "4, 8, true",
        "4, 8, false",
        "16, 4, true",
        "16, 2, true",
        "6, 3, true",
    })
    void theShortcutSpreadsChannels(int in, int out, boolean time) {
        for (int frames : new int[] {1, 2}) {
            // The whole-sequence form drops the first ft − 1 frames; later chunks keep all, so one frame goes before.
            boolean first = frames == 1;
            Volume input = coded(in, frames, 2, 3);
            DuplicatingShortcut shortcut = new DuplicatingShortcut("stage", in, out, time);
            Volume found = run(input, (graph, x) -> shortcut.apply(graph, first, x));
            Volume whole = first ? input : withFrameBefore(input);
            Volume expected = FullSequenceDecoder.dupUp(whole, out, time ? 2 : 1);
            assertThat(found.values())
                    .containsExactly(
                            first ? expected.values() : withoutFirst(expected).values());
        }
    }

    @Test
    void widthsThatDoNotDivideAreRefused() {
        DuplicatingShortcut shortcut = new DuplicatingShortcut("decoder.up_blocks.1", 16, 3, false);
        assertThatThrownBy(() -> run(coded(16, 1, 1, 1), (graph, x) -> shortcut.apply(graph, true, x)))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("decoder.up_blocks.1 cannot spread 16 channels over 12");
    }

    @Test
    void patchesUnfoldWithTheRowOffsetFastest() {
        Volume patches = coded(12, 2, 2, 3);
        Volume image = run(patches, (graph, x) -> Patches.unfold(graph, 2, x));
        assertThat(image.values())
                .containsExactly(FullSequenceDecoder.unfold(patches, 2).values());
        assertThat(image.at(0, 0, 3, 4)).isEqualTo(patches.at(1, 0, 1, 2));
        assertThat(image.at(0, 0, 2, 5)).isEqualTo(patches.at(2, 0, 1, 2));
        assertThat(image.at(1, 1, 0, 0)).isEqualTo(patches.at(4, 1, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "4, 8, true, true, 3",
        "4, 8, true, true, 4",
        "4, 4, false, true, 3",
        "3, 6, true, true, 1",
        "8, 2, true, false, 5",
        "4, 8, false, true, 2",
    })
    void theShortcutAveragesChannels(int in, int out, boolean time, boolean space, int frames) {
        Volume input = coded(in, frames, 4, 6);
        Volume found = run(input, (graph, x) -> new AveragingShortcut("stage", in, out, time, space).apply(graph, x));
        Volume expected = FullSequenceEncoder.averageDown(input, out, time ? 2 : 1, space ? 2 : 1);
        assertThat(found.values()).containsExactly(expected.values(), within(1e-3));
    }

    /** vae.md §6: even output channels are the earlier frame; a first chunk's single frame is the later one. */
    @Test
    void theEarlierFrameIsTheEvenChannel() {
        Volume two =
                run(coded(1, 2, 2, 2), (graph, x) -> new AveragingShortcut("stage", 1, 2, true, true).apply(graph, x));
        assertThat(two.values()).containsExactly(1.5, 5.5);
        Volume one =
                run(coded(1, 1, 2, 2), (graph, x) -> new AveragingShortcut("stage", 1, 2, true, true).apply(graph, x));
        assertThat(one.values()).containsExactly(0, 1.5);
    }

    /** vae.md §13 point 5. */
    @ParameterizedTest
    @CsvSource({"2", "3"})
    void foldingIsUndoneByUnfolding(int patch) {
        Volume image = coded(3, 2, 2 * patch, 3 * patch);
        Volume folded = run(image, (graph, x) -> Patches.fold(graph, patch, x));
        assertThat(folded.values())
                .containsExactly(FullSequenceEncoder.fold(image, patch).values());
        Volume back = run(image, (graph, x) -> Patches.unfold(graph, patch, Patches.fold(graph, patch, x)));
        assertThat(back.values()).containsExactly(image.values());
    }

    /** vae.md §13 point 5: patch[1] is every other pixel from row 1 and column 0, patch[2] from row 0 and column 1. */
    @Test
    void theFirstPatchChannelsAreRowThenColumn() {
        Volume image = coded(3, 1, 4, 6);
        Volume patches = run(image, (graph, x) -> Patches.fold(graph, 2, x));
        assertThat(patches.at(1, 0, 1, 2)).isEqualTo(image.at(0, 0, 3, 4));
        assertThat(patches.at(2, 0, 1, 2)).isEqualTo(image.at(0, 0, 2, 5));
    }

    private static Volume coded(int c, int t, int h, int w) {
        Volume volume = new Volume(c, t, h, w);
        volume.fill((channel, frame, row, column) -> ((channel * t + frame) * h + row) * w + column);
        return volume;
    }

    private static Volume withFrameBefore(Volume x) {
        Volume more = new Volume(x.c(), x.t() + 1, x.h(), x.w());
        more.fill((c, t, h, w) -> t == 0 ? -1 : x.at(c, t - 1, h, w));
        return more;
    }

    /** Only the frames that come from the later chunk; the one before gave one frame. */
    private static Volume withoutFirst(Volume x) {
        Volume less = new Volume(x.c(), x.t() - 1, x.h(), x.w());
        less.fill((c, t, h, w) -> x.at(c, t + 1, h, w));
        return less;
    }

    private static Volume run(Volume input, BiFunction<GraphBuilder, Value, Value> layer) {
        GraphBuilder graph = GraphBuilder.of("order");
        List<Dim> dims = List.of(Dim.of(1), Dim.of(input.c()), Dim.of(input.t()), Dim.of(input.h()), Dim.of(input.w()));
        graph.output("y", layer.apply(graph, graph.input("x", ElementType.FLOAT, dims)));
        try (Session session = Session.open(graph.build(), Device.CPU, SessionSettings.defaults());
                SessionTensor x = SessionTensor.of(input.floats(), 1, input.c(), input.t(), input.h(), input.w());
                Results results = session.run(Map.of("x", x))) {
            long[] found = results.get("y").dims();
            float[] values = results.get("y").toFloats();
            return Volume.of(values, (int) found[1], (int) found[2], (int) found[3], (int) found[4]);
        }
    }
}
