/** The Wan transformer, in the checkpoint's own words (transformer-and-text.md §5). */
@NullMarked
package io.wanstreams.inference.transformer;

import org.jspecify.annotations.NullMarked;
