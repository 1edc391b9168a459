/** Tests of the measuring itself, never of speed. */
@NullMarked
package io.wanstreams.bench.measure;

import org.jspecify.annotations.NullMarked;
