/**
 * Sigmas, timesteps, solvers and guidance: arithmetic on arrays that knows no model.
 * Source: transformer-and-text.md §1.4, §8 and §9, whose symbols it uses.
 */
@NullMarked
package io.wanstreams.inference.scheduler;

import org.jspecify.annotations.NullMarked;
