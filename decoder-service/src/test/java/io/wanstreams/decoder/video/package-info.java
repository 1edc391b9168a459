/** Files made of drawn frames, read back with other readers than the writers. */
@NullMarked
package io.wanstreams.decoder.video;

import org.jspecify.annotations.NullMarked;
