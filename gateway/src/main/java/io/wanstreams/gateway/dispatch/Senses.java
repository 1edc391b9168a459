package io.wanstreams.gateway.dispatch;

/** Whether the dispatcher can see and hear: silence counts only while it can. */
@FunctionalInterface
public interface Senses {

    /** Whether the log and the heartbeats have been read to their ends lately. */
    boolean areClear();
}
