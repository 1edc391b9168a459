/** {@code ./wan verify}: holds what is on the topics, and what the gateway says, against the rules. */
@NullMarked
package io.wanstreams.cli.verify;

import org.jspecify.annotations.NullMarked;
