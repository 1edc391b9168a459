/** Tests of the checkpoint programs. */
@NullMarked
package io.wanstreams.bench.checkpoint;

import org.jspecify.annotations.NullMarked;
