package io.wanstreams.denoise;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.inference.pipeline.ImageConditioning;
import io.wanstreams.inference.scheduler.DenoisePlan;
import io.wanstreams.inference.scheduler.Solver;
import io.wanstreams.inference.transformer.LatentShape;
import io.wanstreams.tensors.DType;
import io.wanstreams.tensors.Safetensors;
import io.wanstreams.tensors.Shape;
import io.wanstreams.tensors.Tensor;
import io.wanstreams.transport.stage.PermanentStageException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What stands in the bundles of a denoise stage, checked against what the job needs. */
final class StageTensors {

    static final String POSITIVE = "text.positive";
    static final String NEGATIVE = "text.negative";
    private static final String IMAGE_CONDITION = "image.condition";
    private static final String IMAGE_LATENT = "image.latent";

    private StageTensors() {}

    /** Rows of a prompt from the encode stage: [tokens, width], tokens ≥ 1. */
    static Tensor text(Safetensors conditioning, String name, int width) throws PermanentStageException {
        Tensor tensor = tensor(conditioning, name, "conditioning", FailureCode.STAGE_FAILED);
        Shape shape = tensor.shape();
        if (tensor.type() != DType.F32 || shape.rank() != 2 || shape.dim(0) < 1 || shape.dim(1) != width) {
            throw new PermanentStageException(
                    FailureCode.STAGE_FAILED,
                    "Tensor " + name + " of the conditioning is " + tensor + ", this model reads F32 [tokens," + width
                            + "]; the text encoder and the transformer must come from one checkpoint.");
        }
        return tensor;
    }

    /** Latents that came with the request. */
    static float[] noise(Safetensors given, LatentShape expected) throws PermanentStageException {
        Tensor tensor = tensor(given, Solver.LATENTS, "noise", FailureCode.INVALID_REFERENCE);
        if (tensor.type() != DType.F32 || !tensor.shape().equals(Shape.of(dims(expected)))) {
            throw new PermanentStageException(
                    FailureCode.INVALID_REFERENCE,
                    "The noise that came with the request is " + tensor + ", expected F32 " + expected
                            + " for the video's size and number of frames.");
        }
        float[] values = tensor.toFloats();
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new PermanentStageException(
                        FailureCode.INVALID_REFERENCE,
                        "The noise that came with the request holds " + value + ", expected finite numbers.");
            }
        }
        return values;
    }

    /** A solver that goes on where another stage, or an earlier attempt, left off. */
    static Solver solver(Safetensors saved, DenoisePlan plan, int nextStep, LatentShape expected)
            throws PermanentStageException {
        Map<String, float[]> state = new TreeMap<>();
        for (Map.Entry<String, Tensor> entry : saved.tensors().entrySet()) {
            Tensor tensor = entry.getValue();
            if (tensor.type() != DType.F32 || !tensor.shape().equals(Shape.of(dims(expected)))) {
                throw new PermanentStageException(
                        FailureCode.STAGE_FAILED,
                        "Tensor " + entry.getKey() + " before step " + nextStep + " is " + tensor + ", expected F32 "
                                + expected + ".");
            }
            state.put(entry.getKey(), tensor.toFloats());
        }
        try {
            return Solver.restore(plan, nextStep, state);
        } catch (IllegalArgumentException e) {
            throw new PermanentStageException(FailureCode.STAGE_FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    /** Latents and history, enough to go on elsewhere. */
    static Map<String, Tensor> state(Map<String, float[]> saved, LatentShape shape) {
        Map<String, Tensor> tensors = new TreeMap<>();
        saved.forEach((name, values) -> tensors.put(name, Tensor.of(values, dims(shape))));
        return tensors;
    }

    /** The final latents alone. */
    static Map<String, Tensor> latents(float[] latents, LatentShape shape) {
        return Map.of(Solver.LATENTS, Tensor.of(latents, dims(shape)));
    }

    /** What the encode stage made of the job's images; nothing where there were none. */
    static ImageConditioning image(Safetensors conditioning, LatentShape latents) throws PermanentStageException {
        Tensor channels = conditioning.tensors().get(IMAGE_CONDITION);
        if (channels != null) {
            long count = channels.shape().rank() == 0 ? 0 : channels.shape().dim(0);
            checkImage(IMAGE_CONDITION, channels, count, latents.frames(), latents);
            return new ImageConditioning.Channels(channels.toFloats());
        }
        Tensor frame = conditioning.tensors().get(IMAGE_LATENT);
        if (frame != null) {
            checkImage(IMAGE_LATENT, frame, latents.channels(), 1, latents);
            return new ImageConditioning.FirstFrame(
                    frame.toFloats(), latents.frames(), latents.height() * latents.width());
        }
        return new ImageConditioning.None();
    }

    private static void checkImage(String name, Tensor found, long channels, long frames, LatentShape latents)
            throws PermanentStageException {
        Shape expected = Shape.of(channels, frames, latents.height(), latents.width());
        if (found.type() != DType.F32 || !found.shape().equals(expected)) {
            throw new PermanentStageException(
                    FailureCode.STAGE_FAILED,
                    "Tensor " + name + " of the conditioning is " + found + ", expected F32 " + expected
                            + "; the autoencoder and the transformer must come from one checkpoint.");
        }
    }

    private static long[] dims(LatentShape shape) {
        return new long[] {shape.channels(), shape.frames(), shape.height(), shape.width()};
    }

    private static Tensor tensor(Safetensors bundle, String name, String what, FailureCode code)
            throws PermanentStageException {
        @Nullable Tensor tensor = bundle.tensors().get(name);
        if (tensor == null) {
            throw new PermanentStageException(
                    code,
                    "The " + what + " bundle holds " + bundle.tensors().keySet() + ", expected a tensor " + name
                            + " in " + BundleRef.SAFETENSORS + ".");
        }
        return tensor;
    }
}
