package io.wanstreams.cli.pictures;

import java.util.stream.IntStream;

/** A colour in CIE L*a*b* (D65), where distance is close to what the eye sees. L in 0…100, a and b about −110…110. */
record Lab(float l, float a, float b) {

    /** Shading makes one colour lighter and darker, so lightness counts half. */
    private static final float LIGHTNESS_WEIGHT = 0.5f;

    private static final double DELTA = 6.0 / 29;
    private static final double[] LINEAR =
            IntStream.range(0, 256).mapToDouble(c -> linear(c / 255.0)).toArray();

    /** The colour of three bytes, each 0 to 255. */
    static Lab of(int red, int green, int blue) {
        double r = LINEAR[red];
        double g = LINEAR[green];
        double b = LINEAR[blue];
        double x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
        double y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
        double z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
        return new Lab((float) (116 * y - 16), (float) (500 * (x - y)), (float) (200 * (y - z)));
    }

    /** Whole distance, lightness included. */
    float distance(Lab other) {
        return distance(other, 1);
    }

    /** Distance of two surfaces that light may fall on differently. */
    float distanceOfHue(Lab other) {
        return distance(other, LIGHTNESS_WEIGHT);
    }

    private float distance(Lab other, float lightnessWeight) {
        float dl = lightnessWeight * (l - other.l);
        float da = a - other.a;
        float db = b - other.b;
        return (float) Math.sqrt(dl * dl + da * da + db * db);
    }

    private static double linear(double c) {
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }

    private static double f(double t) {
        return t > DELTA * DELTA * DELTA ? Math.cbrt(t) : t / (3 * DELTA * DELTA) + 4.0 / 29;
    }
}
