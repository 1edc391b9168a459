/** Tests of progress messages. */
@NullMarked
package io.wanstreams.contracts.progress;

import org.jspecify.annotations.NullMarked;
