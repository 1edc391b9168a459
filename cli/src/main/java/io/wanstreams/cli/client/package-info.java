/**
 * The gateway's HTTP API as a client sees it: submit a job, follow its events, fetch what it made.
 * Nothing here knows of Kafka.
 */
@NullMarked
package io.wanstreams.cli.client;

import org.jspecify.annotations.NullMarked;
