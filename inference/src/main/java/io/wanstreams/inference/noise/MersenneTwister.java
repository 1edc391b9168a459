package io.wanstreams.inference.noise;

/** MT19937 of Matsumoto and Nishimura, seeded as torch's CPU generator is: by the low 32 bits of the seed. */
final class MersenneTwister {

    private static final int WORDS = 624;
    private static final int AHEAD = 397;

    private final int[] state = new int[WORDS];
    private int next = WORDS;

    MersenneTwister(long seed) {
        state[0] = (int) seed;
        for (int i = 1; i < WORDS; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
        }
    }

    /** 32 random bits. */
    int next32() {
        if (next == WORDS) {
            twist();
        }
        int y = state[next++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9D2C5680;
        y ^= (y << 15) & 0xEFC60000;
        return y ^ (y >>> 18);
    }

    /** A float in [0, 1) on the grid of 2⁻²⁴, as torch draws it. */
    float nextFloat() {
        return (next32() & 0xFFFFFF) * 0x1p-24f;
    }

    /** A double in [0, 1) on the grid of 2⁻⁵³, as torch draws it: the first 32 bits are the high ones. */
    double nextDouble() {
        long high = (long) next32() << 32;
        return ((high | (next32() & 0xFFFFFFFFL)) & ((1L << 53) - 1)) * 0x1p-53;
    }

    private void twist() {
        for (int i = 0; i < WORDS; i++) {
            int y = (state[i] & 0x80000000) | (state[(i + 1) % WORDS] & 0x7FFFFFFF);
            state[i] = state[(i + AHEAD) % WORDS] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908B0DF);
        }
        next = 0;
    }
}
