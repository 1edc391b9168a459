package io.wanstreams.contracts.job;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One of several videos of one request: they differ in their seeds.
 *
 * @param first the job that the client's request named; the ids of the others follow from it
 * @param number 1 for the first itself, to {@code count}
 * @param count how many there are, at least 2
 */
public record VariantOf(JobId first, int number, int count) {

    public VariantOf {
        if (count < 2 || number < 1 || number > count) {
            throw new IllegalArgumentException(
                    "a variant's number is 1 to a count of at least 2, found " + number + " of " + count);
        }
    }

    /** The ids of all of them, the first one's first. */
    public List<JobId> all() {
        return IntStream.rangeClosed(1, count)
                .mapToObj(variant -> JobId.ofVariant(first, variant))
                .toList();
    }
}
