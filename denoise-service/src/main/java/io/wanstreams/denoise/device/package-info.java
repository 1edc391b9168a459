/** Who computes on which device of this machine: one expert per device, unless sharing is allowed. */
@NullMarked
package io.wanstreams.denoise.device;

import org.jspecify.annotations.NullMarked;
