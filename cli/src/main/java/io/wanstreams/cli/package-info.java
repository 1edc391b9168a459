/**
 * The commands of {@code ./wan} that make videos, and their options.
 * They speak HTTP to a gateway; who runs it is not their business.
 */
@NullMarked
package io.wanstreams.cli;

import org.jspecify.annotations.NullMarked;
