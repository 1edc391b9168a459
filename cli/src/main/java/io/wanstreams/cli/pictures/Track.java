package io.wanstreams.cli.pictures;

import java.util.Arrays;
import java.util.List;

/** The thing's way through a clip. */
final class Track {

    private final Path1d x;
    private final Path1d y;
    /** As shares of the frame. */
    private final double[] areas;

    private Track(Path1d x, Path1d y, double[] areas) {
        this.x = x;
        this.y = y;
        this.areas = areas;
    }

    static Track of(List<Thing> things) {
        return new Track(
                Path1d.smoothed(things.stream().mapToDouble(Thing::x).toArray()),
                Path1d.smoothed(things.stream().mapToDouble(Thing::y).toArray()),
                things.stream().mapToDouble(Thing::area).toArray());
    }

    /** Of the thing's centre, left to right. */
    Path1d x() {
        return x;
    }

    /** Of the thing's centre, top to bottom. */
    Path1d y() {
        return y;
    }

    /** Logarithm of how much larger the thing is in the last quarter than in the first. */
    double growth() {
        int quarter = Math.max(1, areas.length / 4);
        double first = Arrays.stream(areas, 0, quarter).average().orElse(1);
        double last = Arrays.stream(areas, areas.length - quarter, areas.length)
                .average()
                .orElse(1);
        return Math.log(last / first);
    }

    double meanRadius() {
        double sum = 0;
        for (int i = 0; i < areas.length; i++) {
            sum += Math.hypot(fromCentreX(i), fromCentreY(i));
        }
        return sum / areas.length;
    }

    /** How far the thing turns around the middle of its way, in radians, with sign. */
    double angle() {
        double sum = 0;
        for (int i = 1; i < areas.length; i++) {
            double cross = fromCentreX(i - 1) * fromCentreY(i) - fromCentreY(i - 1) * fromCentreX(i);
            double dot = fromCentreX(i - 1) * fromCentreX(i) + fromCentreY(i - 1) * fromCentreY(i);
            sum += Math.atan2(cross, dot);
        }
        return sum;
    }

    private double fromCentreX(int i) {
        return x.at(i) - middle(x);
    }

    private double fromCentreY(int i) {
        return y.at(i) - middle(y);
    }

    private static double middle(Path1d path) {
        return path.max() - path.range() / 2;
    }
}
