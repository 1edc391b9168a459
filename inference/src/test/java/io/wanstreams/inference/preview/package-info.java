/** Tests of the package of the same name. */
@NullMarked
package io.wanstreams.inference.preview;

import org.jspecify.annotations.NullMarked;
