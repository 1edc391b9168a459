/** Tests of webhooks: signatures, order, and deliveries that outlive gateways. */
@NullMarked
package io.wanstreams.gateway.webhook;

import org.jspecify.annotations.NullMarked;
