package io.wanstreams.gateway.board;

/** Ends a listener's listening. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

    @Override
    void close();
}
