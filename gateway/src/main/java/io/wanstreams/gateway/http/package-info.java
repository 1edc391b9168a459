/** The HTTP API: videos, their content and events, models, and the one error envelope. */
@NullMarked
package io.wanstreams.gateway.http;

import org.jspecify.annotations.NullMarked;
