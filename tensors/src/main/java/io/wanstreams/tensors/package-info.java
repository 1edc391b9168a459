/** Element types, shapes and tensors, and the safetensors format; knows nothing of models, Kafka or ONNX. */
@NullMarked
package io.wanstreams.tensors;

import org.jspecify.annotations.NullMarked;
