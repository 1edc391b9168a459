/** Tests of the package of the same name. */
@NullMarked
package io.wanstreams.gateway.net;

import org.jspecify.annotations.NullMarked;
