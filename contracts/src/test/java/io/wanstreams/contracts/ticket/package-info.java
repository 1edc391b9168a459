/** Tests of what a worker does with a ticket. */
@NullMarked
package io.wanstreams.contracts.ticket;

import org.jspecify.annotations.NullMarked;
