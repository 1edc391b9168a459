/** Requests that this gateway sends because a client named an address: only to public addresses, bounded in size and time. */
@NullMarked
package io.wanstreams.gateway.net;

import org.jspecify.annotations.NullMarked;
