/** Tests of images. */
@NullMarked
package io.wanstreams.images;

import org.jspecify.annotations.NullMarked;
