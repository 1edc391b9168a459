/** The denoise service, from fakes to tickets on a real broker. */
@NullMarked
package io.wanstreams.denoise;

import org.jspecify.annotations.NullMarked;
