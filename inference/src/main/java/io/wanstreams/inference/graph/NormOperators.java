package io.wanstreams.inference.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Norms and reductions. */
public sealed interface NormOperators extends Operators permits GraphBuilder {
    /** Over the last axis, biased variance. */
    default Value layerNormalization(Value x, Value scale, @Nullable Value bias, double epsilon) {
        checkLast("LayerNormalization", x, scale);
        List<Value> in = bias == null ? List.of(x, scale) : List.of(x, scale, bias);
        return one("LayerNormalization", in, epsilon(epsilon), x.type(), x.dims());
    }

    /** Over the last axis: scale · x / √(mean(x²) + epsilon). */
    default Value rmsNormalization(Value x, Value scale, double epsilon) {
        checkLast("RMSNormalization", x, scale);
        return one("RMSNormalization", List.of(x, scale), epsilon(epsilon), x.type(), x.dims());
    }

    private void checkLast(String op, Value x, Value scale) {
        if (scale.type() != x.type() || !scale.dims().equals(List.of(x.dim(-1)))) {
            throw refused(op + " does not fit: " + x + " and scale " + scale);
        }
    }

    private static Attributes epsilon(double epsilon) {
        return Attributes.none().with("axis", -1).with("epsilon", (float) epsilon);
    }

    default Value reduceSum(Value x, boolean keep, int... axes) {
        return reduce("ReduceSum", x, keep, axes);
    }

    default Value reduceMean(Value x, boolean keep, int... axes) {
        return reduce("ReduceMean", x, keep, axes);
    }

    /** Root of the sum of squares. */
    default Value reduceL2(Value x, boolean keep, int... axes) {
        return reduce("ReduceL2", x, keep, axes);
    }

    private Value reduce(String op, Value x, boolean keep, int... axes) {
        int[] counted = axes.clone();
        long[] asLongs = new long[axes.length];
        for (int i = 0; i < axes.length; i++) {
            counted[i] = ShapeRules.axis(this, op, x, axes[i]);
            asLongs[i] = counted[i];
        }
        List<Dim> dims = ShapeRules.reduce(x.dims(), keep, counted);
        return one(op, List.of(x, ints(asLongs)), Attributes.none().with("keepdims", keep ? 1 : 0), x.type(), dims);
    }
}
