/** Tests of the measuring itself, never of speed. */
@NullMarked
package io.wanstreams.bench.pipeline;

import org.jspecify.annotations.NullMarked;
