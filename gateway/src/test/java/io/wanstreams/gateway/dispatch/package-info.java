/** Tests of the package of the same name. */
@NullMarked
package io.wanstreams.gateway.dispatch;

import org.jspecify.annotations.NullMarked;
