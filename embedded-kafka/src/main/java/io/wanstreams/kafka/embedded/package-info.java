/**
 * One real Kafka broker (KRaft, broker and controller in one) inside this JVM, for the all-in-one program and for tests.
 * Never on a service's class path: services reach it like any other broker, by its bootstrap servers.
 */
@NullMarked
package io.wanstreams.kafka.embedded;

import org.jspecify.annotations.NullMarked;
