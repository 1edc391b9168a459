package io.wanstreams.inference.noise;

/**
 * {@code torch.randn(count, generator=torch.Generator("cpu").manual_seed(seed))} in fp32, to about 1e-6: torch's
 * vector units round logarithm and sine a little differently. Ours is the same on every machine.
 * Source: transformer-and-text.md §10, and torch's DistributionTemplates.h for fewer than 16 values.
 */
public final class TorchNoise {

    /** Torch transforms so many values at once, and takes another way for fewer. */
    private static final int GROUP = 16;

    private static final int HALF = GROUP / 2;
    private static final float TWO_PI = (float) (2 * Math.PI);

    private TorchNoise() {}

    /**
     * Standard normal values in the order in which torch fills a contiguous tensor.
     *
     * @param seed any number; torch's CPU generator uses its low 32 bits
     * @param count how many values, ≥ 0: the product of the latents' shape, without a batch axis
     */
    public static float[] randn(long seed, int count) {
        if (count < 0) {
            throw new IllegalArgumentException("The number of noise values must not be negative, found " + count + ".");
        }
        MersenneTwister random = new MersenneTwister(seed);
        return count < GROUP ? few(random, count) : many(random, count);
    }

    private static float[] many(MersenneTwister random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat();
        }
        for (int start = 0; start + GROUP <= count; start += GROUP) {
            transform(values, start);
        }
        if (count % GROUP != 0) {
            int start = count - GROUP;
            for (int i = start; i < count; i++) {
                values[i] = random.nextFloat();
            }
            transform(values, start);
        }
        return values;
    }

    /** Box and Muller on one group: value j pairs with value j + 8. Angles are fp32, as in torch. */
    private static void transform(float[] values, int start) {
        for (int j = start; j < start + HALF; j++) {
            double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - values[j]));
            float angle = TWO_PI * values[j + HALF];
            values[j] = (float) (radius * StrictMath.cos(angle));
            values[j + HALF] = (float) (radius * StrictMath.sin(angle));
        }
    }

    /** Pairs in double precision: the cosine comes first, the sine is kept for the next value. */
    private static float[] few(MersenneTwister random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i += 2) {
            double angle = 2 * Math.PI * random.nextDouble();
            double radius = StrictMath.sqrt(-2 * StrictMath.log1p(-random.nextDouble()));
            values[i] = (float) (radius * StrictMath.cos(angle));
            if (i + 1 < count) {
                values[i + 1] = (float) (radius * StrictMath.sin(angle));
            }
        }
        return values;
    }
}
