package io.wanstreams.inference.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The table says no where a provider has no kernel; or the tests that use it would prove nothing. */
class KernelTableTest {

    private static final KernelTable CUDA = KernelTable.of(Flavour.Provider.CUDA);
    private static final KernelTable TENSORRT = KernelTable.of(Flavour.Provider.TENSORRT);

    @Test
    void halvesAreNotResizedNorAveragedByCuda() {
        assertThat(CUDA.runs(use("Resize", 23, ElementType.FLOAT, "FLOAT", "-", "FLOAT")))
                .isTrue();
        assertThat(CUDA.runs(use("Resize", 23, ElementType.BFLOAT16, "BFLOAT16", "-", "FLOAT")))
                .isFalse();
        assertThat(CUDA.runs(use("ReduceMean", 23, ElementType.BFLOAT16, "BFLOAT16", "INT64")))
                .isFalse();
        assertThat(CUDA.runs(use("ReduceSum", 23, ElementType.BFLOAT16, "BFLOAT16", "INT64")))
                .isTrue();
    }

    @Test
    void typesThatAreOneTypeAreNotMixed() {
        assertThat(CUDA.runs(use("Gemm", 23, ElementType.BFLOAT16, "BFLOAT16", "BFLOAT16", "FLOAT")))
                .isFalse();
        assertThat(CUDA.runs(use("Gemm", 23, ElementType.BFLOAT16, "BFLOAT16", "BFLOAT16", "BFLOAT16")))
                .isTrue();
        assertThat(CUDA.runs(use("Gemm", 23, ElementType.FLOAT, "BFLOAT16", "BFLOAT16")))
                .isFalse();
    }

    @Test
    void versionsCount() {
        assertThat(CUDA.runs(use("Conv", 23, ElementType.BFLOAT16, "BFLOAT16", "BFLOAT16")))
                .isTrue();
        assertThat(CUDA.runs(use("Conv", 21, ElementType.BFLOAT16, "BFLOAT16", "BFLOAT16")))
                .isFalse();
        assertThat(CUDA.runs(use("Gelu", 19, ElementType.FLOAT, "FLOAT"))).isFalse();
    }

    @Test
    void whatIsNotInTheTableDoesNotRun() {
        assertThat(CUDA.runs(use("Swish", 23, ElementType.FLOAT, "FLOAT"))).isFalse();
        assertThat(TENSORRT.runs(new OperatorUse(
                        GraphBuilder.CONTRIB, "QuickGelu", 1, List.of("FLOAT"), List.of(ElementType.FLOAT))))
                .isFalse();
        assertThat(TENSORRT.runs(use("Attention", 23, ElementType.FLOAT, "FLOAT", "FLOAT", "FLOAT")))
                .isFalse();
        assertThat(CUDA.runs(use("Sigmoid", 23, ElementType.FLOAT, "FLOAT", "FLOAT")))
                .as("one input too many")
                .isFalse();
    }

    private static OperatorUse use(String op, int opset, ElementType result, String... in) {
        return new OperatorUse("", op, opset, List.of(in), List.of(result));
    }
}
