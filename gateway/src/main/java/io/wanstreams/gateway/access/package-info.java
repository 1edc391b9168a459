/** Who asks: keys, tenants and what each may do. */
@NullMarked
package io.wanstreams.gateway.access;

import org.jspecify.annotations.NullMarked;
