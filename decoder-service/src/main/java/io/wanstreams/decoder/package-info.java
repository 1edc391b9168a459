/** The decode stage: final latents in, video, thumbnail, sprite sheet and maybe frames out. */
@NullMarked
package io.wanstreams.decoder;

import org.jspecify.annotations.NullMarked;
