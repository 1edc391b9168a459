/** The prompt stage, from plain composing to tickets on a real broker. */
@NullMarked
package io.wanstreams.prompt;

import org.jspecify.annotations.NullMarked;
