package io.wanstreams.inference.graph;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A finished model.
 *
 * @param bytes the ONNX file, weights not included
 * @param folder below which the weights' files are; empty if the graph has none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; handed to the runtime as it is
public record OnnxModel(byte[] bytes, Optional<Path> folder) {}
