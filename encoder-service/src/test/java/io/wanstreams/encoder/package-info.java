/** The encode stage, from fakes to tickets on a real broker. */
@NullMarked
package io.wanstreams.encoder;

import org.jspecify.annotations.NullMarked;
