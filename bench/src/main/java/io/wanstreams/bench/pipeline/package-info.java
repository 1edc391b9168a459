/**
 * What the pipeline adds to the time that the models compute, over the gateway's HTTP API.
 * Measured as a client sees it.
 */
@NullMarked
package io.wanstreams.bench.pipeline;

import org.jspecify.annotations.NullMarked;
