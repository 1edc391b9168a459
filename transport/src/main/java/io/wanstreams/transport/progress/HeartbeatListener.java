package io.wanstreams.transport.progress;

import io.wanstreams.contracts.progress.Heartbeat;

/** Hears heartbeats, on the feed's thread: quick, never blocking. */
@FunctionalInterface
public interface HeartbeatListener {

    void onHeartbeat(Heartbeat heartbeat);
}
