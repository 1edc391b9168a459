/**
 * The first latents: what torch's generator on a CPU gives for a seed, computed without torch.
 * Arithmetic only, the same on every machine.
 */
@NullMarked
package io.wanstreams.inference.noise;

import org.jspecify.annotations.NullMarked;
