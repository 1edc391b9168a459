/** The one table of all topics: names, partitions, retention, writers and readers. */
@NullMarked
package io.wanstreams.contracts.topic;

import org.jspecify.annotations.NullMarked;
