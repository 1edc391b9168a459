/** The layers that the networks are made of: sizes and the checkpoint's key prefix in, nodes of a graph out. */
@NullMarked
package io.wanstreams.inference.layer;

import org.jspecify.annotations.NullMarked;
