/** Tests of the package of the same name. */
@NullMarked
package io.wanstreams.gateway.request;

import org.jspecify.annotations.NullMarked;
