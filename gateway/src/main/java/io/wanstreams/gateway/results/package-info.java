/** What the gateway announces when the log says something new: results, each exactly once, folded from the log. */
@NullMarked
package io.wanstreams.gateway.results;

import org.jspecify.annotations.NullMarked;
