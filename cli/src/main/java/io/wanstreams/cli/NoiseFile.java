package io.wanstreams.cli;

import io.wanstreams.cli.client.OneSentence;
import io.wanstreams.cli.client.VideosException;
import io.wanstreams.tensors.DType;
import io.wanstreams.tensors.SafetensorsException;
import io.wanstreams.tensors.SafetensorsFile;
import io.wanstreams.tensors.SafetensorsLimits;
import io.wanstreams.tensors.TensorInfo;
import java.io.IOException;
import java.nio.file.Path;

/** Initial latents as a file, looked at before anything is started for it. */
final class NoiseFile {

    private static final String TENSOR = "latents";

    private NoiseFile() {}

    /** Refuses a file that is no safetensors file with a float tensor {@code latents} [channels, frames, height, width]. */
    static void check(Path file) {
        try {
            TensorInfo info = SafetensorsFile.open(file, SafetensorsLimits.WIRE)
                    .header()
                    .tensor(TENSOR)
                    .orElseThrow(
                            () -> new VideosException("The noise file " + file + " has no tensor '" + TENSOR + "'"));
            if (info.type() != DType.F32 || info.shape().rank() != 4) {
                throw new VideosException(
                        "The noise file " + file + " has a tensor '" + TENSOR + "' of type " + info.type()
                                + " and shape " + info.shape() + ", expected F32 [channels, frames, height, width]");
            }
        } catch (IOException | SafetensorsException e) {
            throw new VideosException("The noise file " + file + " cannot be used: " + OneSentence.of(e), e);
        }
    }
}
