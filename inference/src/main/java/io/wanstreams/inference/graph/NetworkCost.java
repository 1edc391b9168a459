package io.wanstreams.inference.graph;

/**
 * What a network takes at one size.
 *
 * @param weightBytes of the weights that the graph reads, in the element type that it reads them in
 * @param workingBytes most bytes at a time of inputs, results, what lies between them and the operators' own
 *     workspace; weights not included
 * @param flops floating-point operations of one run in matrix products, convolutions and attention (a multiplication
 *     with its addition are two); the rest is small beside them
 */
public record NetworkCost(long weightBytes, long workingBytes, double flops) {
    /** Bytes while it runs. */
    public long bytes() {
        return Math.addExact(weightBytes, workingBytes);
    }
}
