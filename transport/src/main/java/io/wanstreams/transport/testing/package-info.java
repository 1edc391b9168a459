/**
 * Fakes of this module's interfaces and jobs to work on, for tests of services and gateway.
 * The bundle store passes the same contract test as the one on Kafka.
 */
@NullMarked
package io.wanstreams.transport.testing;

import org.jspecify.annotations.NullMarked;
