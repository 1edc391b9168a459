package io.wanstreams.inference.preview;

import java.util.Random;

/** A few frames that show what videos show, drawn from a seed: a sky of two colours, things of other colours that move. */
final class SampleClip {

    private static final int COLOURS = 3;
    private static final int THINGS = 5;

    private final int edge;
    private final float[] from = new float[COLOURS];
    private final float[] to = new float[COLOURS];
    private final double angle;
    private final Thing[] things = new Thing[THINGS];

    /** @param edge pixels each way */
    SampleClip(int edge, long seed) {
        Random random = new Random(seed);
        this.edge = edge;
        this.angle = random.nextDouble() * 2 * Math.PI;
        colour(random, from);
        colour(random, to);
        for (int i = 0; i < THINGS; i++) {
            things[i] = Thing.of(random, edge);
        }
    }

    /** [3, edge, edge] in −1 … 1 */
    float[] frame(int index) {
        float[] values = new float[COLOURS * edge * edge];
        for (int y = 0; y < edge; y++) {
            for (int x = 0; x < edge; x++) {
                paint(values, x, y, index);
            }
        }
        return values;
    }

    private void paint(float[] values, int x, int y, int index) {
        double along = ((x * Math.cos(angle) + y * Math.sin(angle)) / edge + 1) / 2;
        float share = (float) Math.max(0, Math.min(1, along));
        for (int colour = 0; colour < COLOURS; colour++) {
            float value = from[colour] + share * (to[colour] - from[colour]);
            for (Thing thing : things) {
                float cover = thing.cover(x, y, index);
                value += cover * (thing.colour[colour] - value);
            }
            values[(colour * edge + y) * edge + x] = value;
        }
    }

    private static void colour(Random random, float[] into) {
        for (int i = 0; i < COLOURS; i++) {
            into[i] = 2 * random.nextFloat() - 1;
        }
    }

    /** A disc or a square with a soft edge, on its way. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Thing(double x, double y, double dx, double dy, double radius, boolean isRound, float[] colour) {

        static Thing of(Random random, int edge) {
            float[] colour = new float[COLOURS];
            SampleClip.colour(random, colour);
            return new Thing(
                    random.nextDouble() * edge,
                    random.nextDouble() * edge,
                    (random.nextDouble() - 0.5) * edge / 16,
                    (random.nextDouble() - 0.5) * edge / 16,
                    edge * (0.06 + 0.2 * random.nextDouble()),
                    random.nextBoolean(),
                    colour);
        }

        float cover(int atX, int atY, int frame) {
            double across = Math.abs(atX - x - frame * dx);
            double down = Math.abs(atY - y - frame * dy);
            double distance = isRound ? Math.hypot(across, down) : Math.max(across, down);
            return (float) Math.max(0, Math.min(1, radius - distance + 0.5));
        }
    }
}
