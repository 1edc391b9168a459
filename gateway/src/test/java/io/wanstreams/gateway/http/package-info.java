/** Tests of the package of the same name. */
@NullMarked
package io.wanstreams.gateway.http;

import org.jspecify.annotations.NullMarked;
