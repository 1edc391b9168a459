package io.wanstreams.transport.log;

import java.time.Instant;

/**
 * Where an event was written.
 *
 * @param partition of the job log
 * @param offset of the event: its turn, if it makes a job wait
 * @param time the broker's time of the append
 */
public record LogPosition(int partition, long offset, Instant time) {}
