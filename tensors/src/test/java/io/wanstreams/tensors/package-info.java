/** Tests of the tensors module. */
@NullMarked
package io.wanstreams.tensors;

import org.jspecify.annotations.NullMarked;
