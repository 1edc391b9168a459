/**
 * The loop of all computing stages: take a ticket, claim, work, complete; and the interface that services implement.
 * The same claims serve stages that wait instead of compute.
 */
@NullMarked
package io.wanstreams.transport.stage;

import org.jspecify.annotations.NullMarked;
