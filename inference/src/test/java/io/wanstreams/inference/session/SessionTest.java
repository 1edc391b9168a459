package io.wanstreams.inference.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.wanstreams.inference.graph.Attributes;
import io.wanstreams.inference.graph.Dim;
import io.wanstreams.inference.graph.ElementType;
import io.wanstreams.inference.graph.GraphBuilder;
import io.wanstreams.inference.graph.OnnxModel;
import io.wanstreams.inference.graph.Operators;
import io.wanstreams.inference.graph.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SessionTest {
    private static final SessionSettings SETTINGS = SessionSettings.defaults().threads(1);

    /** y = 2x */
    static OnnxModel doubling() {
        GraphBuilder graph = GraphBuilder.of("doubling");
        Value x = graph.input("x", ElementType.FLOAT, List.of(Dim.named("n")));
        graph.output("y", graph.add(x, x));
        return graph.build();
    }

    @Test
    void feedsAResultOnToTheNextRun() {
        try (Session session = Session.open(doubling(), Device.CPU, SETTINGS);
                SessionTensor input = SessionTensor.of(new float[] {1, 2, 3}, 3);
                Results first = session.run(Map.of("x", input));
                SessionTensor taken = first.take("y");
                Results second = session.run(Map.of("x", taken))) {
            assertThat(second.get("y").toFloats()).containsExactly(4, 8, 12);
            assertThat(second.get("y").dims()).containsExactly(3);
            assertThatIllegalArgumentException().isThrownBy(() -> first.get("y"));
            assertThatIllegalArgumentException().isThrownBy(() -> second.get("z"));
        }
    }

    @Test
    void keepsATakenResultBeyondTheOthers() {
        try (Session session = Session.open(doubling(), Device.CPU, SETTINGS);
                SessionTensor input = SessionTensor.of(new float[] {1}, 1)) {
            SessionTensor taken;
            try (Results results = session.run(Map.of("x", input))) {
                taken = results.take("y");
            }
            try (taken) {
                assertThat(taken.toFloats()).containsExactly(2);
            }
        }
    }

    @Test
    void saysWhatAFailedRunLacked() {
        try (Session session = Session.open(doubling(), Device.CPU, SETTINGS);
                SessionTensor input = SessionTensor.of(new float[] {1}, 1)) {
            assertThatExceptionOfType(InferenceException.class)
                    .isThrownBy(() -> session.run(Map.of("wrong", input)))
                    .withMessageContaining("wrong");
        }
    }

    @Test
    void refusesAModelThatIsNone() {
        GraphBuilder graph = GraphBuilder.of("unknown");
        Value x = graph.input("x", ElementType.FLOAT, Dim.list(1));
        List<Operators.Result> result = List.of(new Operators.Result(x.type(), x.dims()));
        graph.output(
                "y",
                graph.node("", "NoSuchOperator", List.of(x), Attributes.none(), result)
                        .get(0));
        assertThatExceptionOfType(InferenceException.class)
                .isThrownBy(() -> Session.open(graph.build(), Device.CPU, SETTINGS))
                .withMessageContaining("refused the model on cpu");
    }

    /** Seconds of matrix products, ended long before; the distinct exception is what tells a stop from a failure. */
    @Test
    void endsARunThatIsCancelled() {
        GraphBuilder graph = GraphBuilder.of("long");
        Value x = graph.input("x", ElementType.FLOAT, List.of(Dim.named("n"), Dim.named("n")));
        Value product = x;
        for (int i = 0; i < 4000; i++) {
            product = graph.matMul(product, x);
        }
        graph.output("y", product);
        Cancellation cancellation = new Cancellation();
        try (Session session = Session.open(graph.build(), Device.CPU, SETTINGS);
                SessionTensor input = SessionTensor.zeros(512, 512)) {
            CompletableFuture<Void> run = CompletableFuture.runAsync(
                    () -> session.run(Map.of("x", input), cancellation).close());
            await().until(cancellation::isRunning);
            cancellation.cancel();
            await().atMost(Duration.ofSeconds(5)).until(run::isDone);
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(run::join)
                    .withCauseInstanceOf(CancelledException.class);
            assertThatExceptionOfType(CancelledException.class)
                    .isThrownBy(() -> session.run(Map.of("x", input), cancellation));
        }
    }

    /** Three extents open, so the graph computes the new shape at run time from its inputs' shapes. */
    @Property(tries = 30)
    void computesOpenShapesAtRunTime(
            @ForAll @IntRange(min = 1, max = 4) int frames,
            @ForAll @IntRange(min = 1, max = 4) int rows,
            @ForAll @IntRange(min = 1, max = 4) int columns) {
        GraphBuilder graph = GraphBuilder.of("shapes");
        Dim f = Dim.named("f");
        Dim r = Dim.named("r");
        Dim c = Dim.named("c");
        Value x = graph.input("x", ElementType.FLOAT, List.of(f, r.times(2), c.times(3)));
        Value flat = graph.reshape(x, List.of(Dim.product(List.of(f, r, c)), Dim.of(6)));
        graph.output("y", graph.reshape(flat, List.of(c.times(r), f, Dim.of(3), Dim.of(2))));
        try (Session session = Session.open(graph.build(), Device.CPU, SETTINGS);
                SessionTensor input = SessionTensor.zeros(frames, rows * 2L, columns * 3L);
                Results results = session.run(Map.of("x", input))) {
            assertThat(results.get("y").dims()).containsExactly((long) columns * rows, frames, 3, 2);
        }
    }

    @Test
    void refusesSettingsOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> SETTINGS.threads(0));
        assertThat(SETTINGS.prepacking(true).arena(true).spinning(true))
                .isEqualTo(new SessionSettings(1, true, true, true, Optional.empty(), Optional.empty()));
    }
}
