package io.wanstreams.gateway.intake;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.request.ModelProfile;
import io.wanstreams.contracts.request.VideoRequest;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.gateway.request.Refusal;
import io.wanstreams.gateway.request.RefusedException;
import io.wanstreams.tensors.DType;
import io.wanstreams.tensors.SafetensorsException;
import io.wanstreams.tensors.SafetensorsLimits;
import io.wanstreams.tensors.SafetensorsReader;
import io.wanstreams.tensors.Shape;
import io.wanstreams.tensors.Tensor;
import io.wanstreams.transport.bundle.BundleContent;
import io.wanstreams.transport.bundle.BundleDescription;
import io.wanstreams.transport.bundle.BundleStore;
import io.wanstreams.transport.bundle.BundleUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Initial latents that come with a request: checked against the size of the video, then stored as a bundle. */
final class NoiseIntake {

    static final String TENSOR = "latents";
    private static final String PARAM = "noise";

    private final BundleStore bundles;
    private final long limitBytes;

    NoiseIntake(BundleStore bundles, long limitBytes) {
        this.bundles = bundles;
        this.limitBytes = limitBytes;
    }

    /**
     * Checks and stores the file.
     *
     * @param request what the noise is for
     * @throws RefusedException when the file is not the tensor that fits
     */
    BundleRef store(JobId job, Path file, ModelProfile model, VideoRequest request)
            throws BundleUnavailableException, InterruptedException {
        Tensor latents = read(file);
        Shape expected = Shape.of(
                model.latentChannels(),
                (request.numFrames() - 1) / model.temporalStride() + 1L,
                request.height() / model.spatialStride(),
                request.width() / model.spatialStride());
        if (latents.type() != DType.F32 || !latents.shape().equals(expected)) {
            throw refused("Tensor " + TENSOR + " of noise is F32 " + expected + " for this video, found "
                    + latents.type() + " " + latents.shape() + ".");
        }
        return bundles.write(
                BundleDescription.ofRequest(Topics.TENSORS, job, BundleRef.SAFETENSORS),
                BundleContent.of(Map.of(TENSOR, latents)));
    }

    private Tensor read(Path file) {
        try {
            if (Files.size(file) > limitBytes) {
                throw refused("noise has at most " + limitBytes + " bytes, found " + Files.size(file) + ".");
            }
            return SafetensorsReader.read(ByteBuffer.wrap(Files.readAllBytes(file)), SafetensorsLimits.WIRE)
                    .tensor(TENSOR);
        } catch (SafetensorsException | IllegalArgumentException e) {
            throw refused("noise is not a safetensors file with a tensor " + TENSOR + ".");
        } catch (IOException e) {
            throw refused("noise could not be received whole; send it again.");
        }
    }

    private static RefusedException refused(String message) {
        return new RefusedException(new Refusal(PARAM, Refusal.INVALID_VALUE, message));
    }
}
