/**
 * Programs that measure the running system: bundles, hand-overs between stages, the pipeline's overhead.
 * Every figure is printed with the machine, the settings and the command that made it.
 */
@NullMarked
package io.wanstreams.bench;

import org.jspecify.annotations.NullMarked;
