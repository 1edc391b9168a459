package io.wanstreams.inference.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.inference.graph.OnnxModel;

/** Lets ONNX Runtime infer types and shapes of a graph that the processor need not be able to run. */
public final class Inferred {

    private Inferred() {}

    /**
     * The runtime infers both before it looks for kernels: a graph may fail for want of those, where it computes in halves,
     * and for nothing else.
     */
    public static void byTheRuntime(OnnxModel model) {
        try (Session session = Session.open(model, Device.CPU, SessionSettings.defaults())) {
            assertThat(session).isNotNull();
        } catch (InferenceException e) {
            assertThat(e).hasMessageContaining("NOT_IMPLEMENTED").hasMessageContaining("implementation");
        }
    }
}
