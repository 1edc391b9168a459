/** The denoise stages: conditioning and latents in, latents out, one expert on one device per worker. */
@NullMarked
package io.wanstreams.denoise;

import org.jspecify.annotations.NullMarked;
