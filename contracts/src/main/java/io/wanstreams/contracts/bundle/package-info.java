/** References to byte streams that lie in a topic as chunks, and the headers of a chunk. */
@NullMarked
package io.wanstreams.contracts.bundle;

import org.jspecify.annotations.NullMarked;
