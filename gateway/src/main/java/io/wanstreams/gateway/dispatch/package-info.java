/** The dispatcher: first tickets, requeues, lost workers, deadlines. Decides with the rules of contracts; judges time by its own clock. */
@NullMarked
package io.wanstreams.gateway.dispatch;

import org.jspecify.annotations.NullMarked;
