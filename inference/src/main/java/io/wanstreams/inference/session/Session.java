package io.wanstreams.inference.session;

import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.RunOptions;
import io.wanstreams.inference.graph.OnnxModel;
import java.util.LinkedHashMap;
import java.util.Map;

/** A loaded model on one device. Runs may overlap; closing waits for nobody, so end them first. */
public final class Session implements AutoCloseable {
    private final OrtSession session;

    private Session(OrtSession session) {
        this.session = session;
    }

    /**
     * Loads a model; its weights' files are mapped and must stay as they are until the session is closed.
     *
     * @throws InferenceException if this build has no such device, or the model is refused
     */
    public static Session open(OnnxModel model, Device device, SessionSettings settings) {
        try (OrtSession.SessionOptions options = SessionOptionsFor.device(device, settings)) {
            if (model.folder().isPresent()) {
                options.addConfigEntry(
                        "session.model_external_initializers_file_folder_path",
                        model.folder().get().toString());
            }
            return new Session(OrtEnvironment.getEnvironment().createSession(model.bytes(), options));
        } catch (OrtException e) {
            throw new InferenceException("The runtime refused the model on " + device + ": " + e.getMessage(), e);
        }
    }

    /**
     * Runs once. The inputs stay the caller's; the results are the caller's to close.
     *
     * @throws CancelledException if it was cancelled before its end
     * @throws InferenceException if the runtime failed
     */
    public Results run(Map<String, SessionTensor> inputs, Cancellation cancellation) {
        Map<String, OnnxTensorLike> given = new LinkedHashMap<>();
        inputs.forEach((name, tensor) -> given.put(name, tensor.tensor()));
        try (RunOptions options = new RunOptions()) {
            cancellation.begin(options);
            try {
                return new Results(session.run(given, session.getOutputNames(), options));
            } finally {
                cancellation.end(options);
            }
        } catch (OrtException e) {
            if (cancellation.isCancelled()) {
                throw new CancelledException();
            }
            throw new InferenceException("A run failed: " + e.getMessage(), e);
        }
    }

    /** Runs once, without a way to cancel. */
    public Results run(Map<String, SessionTensor> inputs) {
        return run(inputs, new Cancellation());
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new InferenceException("A session could not be closed: " + e.getMessage(), e);
        }
    }
}
