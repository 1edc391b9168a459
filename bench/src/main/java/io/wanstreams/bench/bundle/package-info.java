/**
 * A bundle's round trip against the same bytes through bare Kafka clients.
 * Both take turns on the same broker.
 */
@NullMarked
package io.wanstreams.bench.bundle;

import org.jspecify.annotations.NullMarked;
