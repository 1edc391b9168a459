/** Writes ONNX models: values that know type and shape, operators that check both, weights left in their files. */
@NullMarked
package io.wanstreams.inference.graph;

import org.jspecify.annotations.NullMarked;
