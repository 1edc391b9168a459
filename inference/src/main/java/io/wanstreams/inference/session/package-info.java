/** Runs models with ONNX Runtime; the only package that knows it. */
@NullMarked
package io.wanstreams.inference.session;

import org.jspecify.annotations.NullMarked;
