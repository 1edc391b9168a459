/** The UMT5 text encoder, in the checkpoint's own words (transformer-and-text.md §3.3, §3.4). */
@NullMarked
package io.wanstreams.inference.umt5;

import org.jspecify.annotations.NullMarked;
