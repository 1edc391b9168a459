package io.wanstreams.inference.graph;

/** A graph that cannot be: a shape or type that does not fit an operator, or a value of another graph. */
public final class GraphException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GraphException(String message) {
        super(message);
    }
}
