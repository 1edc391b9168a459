package io.wanstreams.contracts.job;

import java.time.Instant;

/**
 * An event as it stands in the log.
 *
 * @param id the job it is about: the record's key
 * @param offset its place in the job's partition
 * @param time the broker's time of the append
 */
public record RecordedEvent(JobId id, long offset, Instant time, JobEvent event) {}
