/** Reads Diffusers checkpoint directories as published: configs as records, weights left in their files. */
@NullMarked
package io.wanstreams.inference.checkpoint;

import org.jspecify.annotations.NullMarked;
