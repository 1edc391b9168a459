package io.wanstreams.inference.checkpoint;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the files of a component hold, as their headers say.
 *
 * @param tensors number of tensors
 * @param parameters number of elements
 * @param bytes that the tensors take in the files
 * @param files number of files
 * @param types number of elements by type, as the files call it
 */
public record WeightFacts(long tensors, long parameters, long bytes, int files, SortedMap<String, Long> types) {
    public WeightFacts {
        types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
    }
}
