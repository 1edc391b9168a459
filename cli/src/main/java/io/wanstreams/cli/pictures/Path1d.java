package io.wanstreams.cli.pictures;

import java.util.Arrays;

/** One coordinate over time, as shares of the frame's side, jitter smoothed. */
final class Path1d {

    /** A step longer than this is a thing that left at one side and came in at the other. */
    private static final double JUMP = 0.4;
    /** Ways back shorter than this are no turn. */
    private static final double TURN = 0.04;

    private final double[] values;

    private Path1d(double[] values) {
        this.values = values;
    }

    static Path1d smoothed(double[] raw) {
        double[] smooth = raw.clone();
        for (int i = 1; i < raw.length - 1; i++) {
            double[] three = {raw[i - 1], raw[i], raw[i + 1]};
            Arrays.sort(three);
            smooth[i] = three[1];
        }
        return new Path1d(smooth);
    }

    double at(int i) {
        return values[i];
    }

    /** The same path in the mirror. */
    Path1d reversed() {
        return new Path1d(Arrays.stream(values).map(v -> -v).toArray());
    }

    /** Sum of all steps. */
    double net() {
        double sum = 0;
        for (int i = 1; i < values.length; i++) {
            sum += step(i);
        }
        return sum;
    }

    /** Sum of all steps without their signs. */
    double length() {
        double sum = 0;
        for (int i = 1; i < values.length; i++) {
            sum += Math.abs(step(i));
        }
        return sum;
    }

    double max() {
        return Arrays.stream(values).max().orElse(0);
    }

    double range() {
        return max() - Arrays.stream(values).min().orElse(0);
    }

    /** How often the direction changes for good. */
    int turns() {
        int turns = 0;
        int direction = 0;
        double extreme = values.length == 0 ? 0 : values[0];
        for (double value : values) {
            double way = value - extreme;
            if ((direction != 0 && way * direction >= 0) || (direction == 0 && Math.abs(way) > TURN)) {
                direction = way > 0 ? 1 : way < 0 ? -1 : direction;
                extreme = value;
            } else if (direction != 0 && Math.abs(way) > TURN) {
                direction = -direction;
                extreme = value;
                turns++;
            }
        }
        return turns;
    }

    private double step(int i) {
        double step = values[i] - values[i - 1];
        return Math.abs(step) > JUMP ? 0 : step;
    }
}
