/**
 * How long a job waits between two stages, with real stage runners and stages that do nothing.
 * Single jobs on an idle system: latency, not throughput.
 */
@NullMarked
package io.wanstreams.bench.handover;

import org.jspecify.annotations.NullMarked;
