/** Tests of the package of the same name. */
@NullMarked
package io.wanstreams.gateway.access;

import org.jspecify.annotations.NullMarked;
