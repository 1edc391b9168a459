/**
 * Video files read back as pictures.
 * A clip is kept small: frames are scaled down while they are read.
 */
@NullMarked
package io.wanstreams.cli.clip;

import org.jspecify.annotations.NullMarked;
