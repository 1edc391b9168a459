/** Tests of the measuring itself, never of speed. */
@NullMarked
package io.wanstreams.bench.report;

import org.jspecify.annotations.NullMarked;
