/**
 * Creates and checks topics and share groups against the contracts' table.
 * Names, partitions and retention stand in the contracts, broker settings here.
 */
@NullMarked
package io.wanstreams.transport.topic;

import org.jspecify.annotations.NullMarked;
