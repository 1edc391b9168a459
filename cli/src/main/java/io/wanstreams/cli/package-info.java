/**
 * The commands of {@code ./wan} that make videos or look after a system, and their options.
 * They speak HTTP to a gateway and read Kafka; who runs these is not their business.
 */
@NullMarked
package io.wanstreams.cli;

import org.jspecify.annotations.NullMarked;
