/** Pictures of latents on their way, without decoding them: a linear map that is fitted once for each autoencoder. */
@NullMarked
package io.wanstreams.inference.preview;

import org.jspecify.annotations.NullMarked;
