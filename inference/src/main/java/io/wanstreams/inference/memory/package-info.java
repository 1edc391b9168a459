/** How much memory a checkpoint's networks need, said before anything is loaded or run. */
@NullMarked
package io.wanstreams.inference.memory;

import org.jspecify.annotations.NullMarked;
