/** Tests of the crash points. */
@NullMarked
package io.wanstreams.transport.crash;

import org.jspecify.annotations.NullMarked;
