/**
 * What happens between a prompt and the final latents, written against small interfaces: text to rows, and the denoise
 * loop. Knows neither ONNX Runtime nor Kafka.
 */
@NullMarked
package io.wanstreams.inference.pipeline;

import org.jspecify.annotations.NullMarked;
