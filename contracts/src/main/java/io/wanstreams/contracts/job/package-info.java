/** The events of a job and their fold: everything that is true about a job. Knows nothing of Kafka. */
@NullMarked
package io.wanstreams.contracts.job;

import org.jspecify.annotations.NullMarked;
