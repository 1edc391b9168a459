/**
 * Kafka clients as this system uses them: one place for every setting that the defaults get wrong.
 * The packages below build the job log, tickets, bundles, heartbeats and the stage loop on them.
 */
@NullMarked
package io.wanstreams.transport;

import org.jspecify.annotations.NullMarked;
