/**
 * The job log on Kafka: appends, reads to the end, following, and the transactions of an event with its ticket.
 * What the events mean is decided by the contracts' fold alone.
 */
@NullMarked
package io.wanstreams.transport.log;

import org.jspecify.annotations.NullMarked;
