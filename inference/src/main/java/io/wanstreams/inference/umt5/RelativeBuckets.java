package io.wanstreams.inference.umt5;

import java.math.BigInteger;

/**
 * The bucket of a relative position, bidirectional (transformer-and-text.md §3.3): half of the buckets for keys behind the
 * query, half for keys at or before it; in each half one bucket per distance up to a quarter of all, then ever wider
 * ones. Whole-number arithmetic, so no rounded logarithm decides.
 */
final class RelativeBuckets {
    private final int half;
    private final int maxDistance;
    private final int[] byDistance;

    RelativeBuckets(int buckets, int maxDistance) {
        this.half = buckets / 2;
        this.maxDistance = maxDistance;
        this.byDistance = new int[maxDistance + 1];
        for (int distance = 0; distance <= maxDistance; distance++) {
            byDistance[distance] = bucket(distance);
        }
    }

    /** e + ⌊ln(m/e) / ln(max/e) · (half − e)⌋ at most half − 1, where e = half / 2: the first distance not exact. */
    private int bucket(int distance) {
        int exact = half / 2;
        if (distance < exact) {
            return distance;
        }
        int bucket = exact;
        while (bucket < half - 1 && reaches(distance, bucket + 1 - exact, exact)) {
            bucket++;
        }
        return bucket;
    }

    /** (m/e)^(half−e) ≥ (max/e)^k, without the fractions. */
    private boolean reaches(int distance, int k, int exact) {
        int span = half - exact;
        BigInteger e = BigInteger.valueOf(exact);
        BigInteger left = BigInteger.valueOf(distance).pow(span).multiply(e.pow(k));
        BigInteger right = BigInteger.valueOf(maxDistance).pow(k).multiply(e.pow(span));
        return left.compareTo(right) >= 0;
    }

    /** The bucket of a key at this position relative to the query. */
    int of(int relative) {
        int distance = Math.min(Math.abs(relative), maxDistance);
        return (relative > 0 ? half : 0) + byDistance[distance];
    }

    /** Buckets of all pairs, row by query, column by key. */
    long[] table(int tokens) {
        long[] table = new long[Math.multiplyExact(tokens, tokens)];
        for (int query = 0; query < tokens; query++) {
            for (int key = 0; key < tokens; key++) {
                table[query * tokens + key] = of(key - query);
            }
        }
        return table;
    }
}
