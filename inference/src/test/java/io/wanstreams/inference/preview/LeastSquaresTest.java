package io.wanstreams.inference.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class LeastSquaresTest {

    @Test
    void findsTheMapThatMadeTheSamples() {
        double[][] map = {{2, -1, 0.5}, {0, 3, -0.25}};
        Random random = new Random(1);
        LeastSquares sums = new LeastSquares(3, 2);
        for (int i = 0; i < 1000; i++) {
            double[] input = {random.nextGaussian(), random.nextGaussian(), 1};
            sums.add(input, new double[] {dot(map[0], input), dot(map[1], input)});
        }

        float[] found = sums.solve();

        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).isCloseTo((float) map[i / 3][i % 3], within(1e-3f));
        }
    }

    /** Y = X at 0, 2 and 7 over X = 0, 1 and 2: by hand, slope 3.5 and constant −0.5. */
    @Test
    void comesNearestToWhatNoMapGives() {
        LeastSquares sums = new LeastSquares(2, 1);
        double[] values = {0, 2, 7};
        for (int x = 0; x < values.length; x++) {
            sums.add(new double[] {x, 1}, new double[] {values[x]});
        }

        assertThat(sums.solve()[0]).isCloseTo(3.5f, within(2e-3f));
        assertThat(sums.solve()[1]).isCloseTo(-0.5f, within(2e-3f));
    }

    @Test
    void inputsThatNeverVaryDoNoHarm() {
        LeastSquares sums = new LeastSquares(3, 1);
        for (int x = 0; x < 5; x++) {
            sums.add(new double[] {x, 0, 1}, new double[] {x});
        }

        assertThat(sums.solve()[1]).isZero();
        assertThat(sums.solve()[0]).isCloseTo(1, within(1e-2f));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
