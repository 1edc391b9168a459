package io.wanstreams.bench.measure;

import java.util.Arrays;
import java.util.Collection;

/** Measured values of one kind, at least one. */
public final class Sample {

    private final double[] sorted;

    private Sample(double[] sorted) {
        this.sorted = sorted;
    }

    /**
     * Takes the values, in any order.
     *
     * @throws IllegalArgumentException when there is none, or one is not finite
     */
    public static Sample of(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("A sample has at least one value");
        }
        if (!Arrays.stream(sorted).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("A sample's values are finite, found " + values);
        }
        return new Sample(sorted);
    }

    public int size() {
        return sorted.length;
    }

    /** The value below which {@code percent} of the values lie, linear between neighbours: numpy's default. */
    public double percentile(double percent) {
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException("A percentile is 0 to 100, found " + percent);
        }
        double rank = percent / 100 * (sorted.length - 1);
        int below = (int) rank;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }

    public double median() {
        return percentile(50);
    }

    public double min() {
        return sorted[0];
    }

    public double max() {
        return sorted[sorted.length - 1];
    }
}
