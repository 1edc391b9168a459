/** The encode stage: prompt and negative prompt in, their embeddings out. */
@NullMarked
package io.wanstreams.encoder;

import org.jspecify.annotations.NullMarked;
