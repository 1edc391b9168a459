package io.wanstreams.contracts.ticket;

/**
 * A place in the job log.
 *
 * @param topicId the topic's id, so that a recreated topic is noticed
 * @param partition the partition of the job's events
 * @param next offset of the first event that has not been read
 */
public record LogCursor(String topicId, int partition, long next) {

    public LogCursor {
        if (partition < 0 || next < 0) {
            throw new IllegalArgumentException(
                    "a log cursor counts from zero, found partition " + partition + ", next " + next);
        }
    }

    /** The same partition, read on to {@code newNext}. */
    public LogCursor at(long newNext) {
        return new LogCursor(topicId, partition, newNext);
    }
}
