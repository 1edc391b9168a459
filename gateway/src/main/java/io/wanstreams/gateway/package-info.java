/** The gateway: how it is configured and put together. The work is done in the packages below. */
@NullMarked
package io.wanstreams.gateway;

import org.jspecify.annotations.NullMarked;
