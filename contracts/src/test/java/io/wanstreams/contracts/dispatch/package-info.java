/** Tests of what the dispatcher decides. */
@NullMarked
package io.wanstreams.contracts.dispatch;

import org.jspecify.annotations.NullMarked;
