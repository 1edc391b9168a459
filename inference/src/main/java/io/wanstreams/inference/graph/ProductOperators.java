package io.wanstreams.inference.graph;

import static io.wanstreams.inference.graph.GraphBuilder.CONTRIB;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Products of matrices, and convolutions. */
public sealed interface ProductOperators extends Operators permits GraphBuilder {
    /** Batched matrix product of the last two axes. */
    default Value matMul(Value a, Value b) {
        checkTypes("MatMul", a, b, null);
        List<Dim> dims = ShapeRules.fit(this, "MatMul", () -> ShapeRules.matMul(a.dims(), b.dims()));
        return one("MatMul", List.of(a, b), Attributes.none(), a.type(), dims);
    }

    /** x [n, in] · wᵀ + bias, with w [out, in] as PyTorch stores it. */
    default Value gemm(Value x, Value w, @Nullable Value bias) {
        checkTypes("Gemm", x, w, bias);
        if (x.rank() != 2 || w.rank() != 2 || !x.dim(1).equals(w.dim(1))) {
            throw refused("Gemm does not fit: " + x + " and weight " + w);
        }
        if (bias != null && !bias.dims().equals(List.of(w.dim(0)))) {
            throw refused("Gemm does not fit: weight " + w + " and bias " + bias);
        }
        List<Value> in = bias == null ? List.of(x, w) : List.of(x, w, bias);
        return one("Gemm", in, Attributes.none().with("transB", 1), x.type(), List.of(x.dim(0), w.dim(0)));
    }

    /** x [n, in] times w I8 [in, out] times scale [out], plus bias [out]; x is rounded to 8 bits with one scale per call. */
    default Value int8Gemm(Value x, Value w, Value scale, @Nullable Value bias) {
        if (x.rank() != 2 || w.rank() != 2 || !x.dim(1).equals(w.dim(0))) {
            throw refused("DynamicQuantizeMatMul does not fit: " + x + " and weight " + w);
        }
        List<Value> in = bias == null ? List.of(x, w, scale) : List.of(x, w, scale, absent(), bias);
        return node(
                        CONTRIB,
                        "DynamicQuantizeMatMul",
                        in,
                        Attributes.none(),
                        List.of(new Result(x.type(), List.of(x.dim(0), w.dim(1)))))
                .get(0);
    }

    /**
     * x [n, in] times (w U8 [out, blocks, block] less 128) times scale [out · blocks], plus bias [out]: the weight's bytes
     * are widened inside the kernel. Source: onnxruntime-notes.md §6.
     */
    default Value bytesGemm(Value x, Value w, Value scale, @Nullable Value bias, long in) {
        checkTypes("MatMulNBits", x, scale, bias);
        if (x.rank() != 2
                || !x.dim(1).is(in)
                || w.rank() != 3
                || !scale.dims().equals(List.of(w.dim(0).times(w.dim(1))))) {
            throw refused("MatMulNBits does not fit: " + x + ", weight " + w + " and scale " + scale);
        }
        Attributes how = Attributes.none()
                .with("K", in)
                .with("N", w.dim(0).size())
                .with("bits", 8)
                .with("block_size", w.dim(2).size());
        List<Value> inputs = bias == null ? List.of(x, w, scale) : List.of(x, w, scale, absent(), absent(), bias);
        return node(CONTRIB, "MatMulNBits", inputs, how, List.of(new Result(x.type(), List.of(x.dim(0), w.dim(0)))))
                .get(0);
    }

    /** Convolution of [n, c, …] with w [out, c/groups, …]. */
    default Value conv(Value x, Value w, @Nullable Value bias, ConvShape shape) {
        checkTypes("Conv", x, w, bias);
        List<Dim> dims = ShapeRules.fit(this, "Conv", () -> ShapeRules.conv(x.dims(), w.dims(), shape));
        List<Value> in = bias == null ? List.of(x, w) : List.of(x, w, bias);
        return one("Conv", in, shape.attributes(Attributes.none()), x.type(), dims);
    }

    /** Transposed convolution of [n, c, …] with w [c, out/groups, …]. */
    default Value convTranspose(Value x, Value w, @Nullable Value bias, ConvShape shape) {
        checkTypes("ConvTranspose", x, w, bias);
        List<Dim> dims =
                ShapeRules.fit(this, "ConvTranspose", () -> ShapeRules.convTranspose(x.dims(), w.dims(), shape));
        List<Value> in = bias == null ? List.of(x, w) : List.of(x, w, bias);
        return one("ConvTranspose", in, shape.attributes(Attributes.none()), x.type(), dims);
    }

    private void checkTypes(String op, Value x, Value w, @Nullable Value bias) {
        if (x.type() != w.type() || (bias != null && bias.type() != x.type())) {
            throw refused(op + " mixes " + x + " and " + w + (bias == null ? "" : " and " + bias));
        }
    }
}
