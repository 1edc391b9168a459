/** Devices lent inside this process and among processes. */
@NullMarked
package io.wanstreams.denoise.device;

import org.jspecify.annotations.NullMarked;
