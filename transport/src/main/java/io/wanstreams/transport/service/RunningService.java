package io.wanstreams.transport.service;

/** A service that has started: its models loaded, Kafka connected, tickets taken until it is closed. */
public interface RunningService extends AutoCloseable {

    /** Whether it takes tickets, or works on them. */
    boolean isReady();

    /** Lets running stages end or yields their jobs, then frees the models. */
    @Override
    void close();
}
