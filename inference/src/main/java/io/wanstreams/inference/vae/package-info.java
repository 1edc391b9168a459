/**
 * The autoencoders of Wan2.1 and Wan2.2, from the checkpoint's config and weights: latents to frames, chunk by chunk.
 * Source: vae.md; tensors are [1, channels, frames, height, width].
 */
@NullMarked
package io.wanstreams.inference.vae;

import org.jspecify.annotations.NullMarked;
