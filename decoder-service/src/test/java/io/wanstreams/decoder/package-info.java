/** The decoder service, from fakes to tickets on a real broker. */
@NullMarked
package io.wanstreams.decoder;

import org.jspecify.annotations.NullMarked;
