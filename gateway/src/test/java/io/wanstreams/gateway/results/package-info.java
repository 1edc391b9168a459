/** Tests of what is announced, up to gateways that die while they announce. */
@NullMarked
package io.wanstreams.gateway.results;

import org.jspecify.annotations.NullMarked;
