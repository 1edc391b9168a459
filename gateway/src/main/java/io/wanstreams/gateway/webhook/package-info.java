/**
 * Webhooks: what is to be delivered, to whom and how often it was tried stands in {@code wan.webhooks}; whoever holds a
 * partition delivers.
 */
@NullMarked
package io.wanstreams.gateway.webhook;

import org.jspecify.annotations.NullMarked;
