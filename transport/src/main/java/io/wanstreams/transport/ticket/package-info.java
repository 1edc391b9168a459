/**
 * Tickets on share groups: one lease at a time per worker, early acceptance, dead letters for garbage.
 * The rules are measured ones; each has a test of its own.
 */
@NullMarked
package io.wanstreams.transport.ticket;

import org.jspecify.annotations.NullMarked;
