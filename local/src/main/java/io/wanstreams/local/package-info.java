/**
 * Broker, services and one model in one process, for as long as a command or a person wants them.
 * The only place that knows all parts; everything it tells them is their ordinary configuration.
 */
@NullMarked
package io.wanstreams.local;

import org.jspecify.annotations.NullMarked;
