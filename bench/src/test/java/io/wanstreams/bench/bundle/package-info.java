/** Tests of the measuring itself, never of speed. */
@NullMarked
package io.wanstreams.bench.bundle;

import org.jspecify.annotations.NullMarked;
