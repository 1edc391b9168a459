/** Tests of the measuring itself, never of speed. */
@NullMarked
package io.wanstreams.bench.handover;

import org.jspecify.annotations.NullMarked;
