/**
 * Tests of the embedded broker: real starts, clients, restarts and kills.
 * They need nothing but this JVM and free ports.
 */
@NullMarked
package io.wanstreams.kafka.embedded;

import org.jspecify.annotations.NullMarked;
