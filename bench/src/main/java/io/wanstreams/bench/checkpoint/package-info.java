/** What checkpoints cost: the computing thread's time, and the broker's room. */
@NullMarked
package io.wanstreams.bench.checkpoint;

import org.jspecify.annotations.NullMarked;
