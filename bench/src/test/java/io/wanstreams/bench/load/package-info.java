/** Tests of the load programs. */
@NullMarked
package io.wanstreams.bench.load;

import org.jspecify.annotations.NullMarked;
