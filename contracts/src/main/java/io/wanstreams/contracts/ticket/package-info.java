/** A ticket (a hint that a job waits for a stage) and what a worker decides about it. */
@NullMarked
package io.wanstreams.contracts.ticket;

import org.jspecify.annotations.NullMarked;
