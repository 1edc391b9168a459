/** Tests of the memory predictions. */
@NullMarked
package io.wanstreams.inference.memory;

import org.jspecify.annotations.NullMarked;
