/**
 * Pictures as the references prepare them: resized as Pillow and PyTorch do it, scaled to −1 … 1, and made into what the
 * transformer reads of an image. Source: transformer-and-text.md §6, §7; vae.md §9.
 */
@NullMarked
package io.wanstreams.inference.image;

import org.jspecify.annotations.NullMarked;
