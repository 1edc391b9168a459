/** Tests of the package of the same name. */
@NullMarked
package io.wanstreams.gateway.board;

import org.jspecify.annotations.NullMarked;
