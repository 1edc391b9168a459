package io.wanstreams.inference.session;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtSession;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The results of one run by name; closing closes those that nobody took. */
public final class Results implements AutoCloseable {
    private final Map<String, SessionTensor> tensors = new LinkedHashMap<>();

    Results(OrtSession.Result result) {
        for (Map.Entry<String, OnnxValue> entry : result) {
            tensors.put(entry.getKey(), new SessionTensor((OnnxTensor) entry.getValue()));
        }
    }

    /** A result, which stays ours to close. */
    public SessionTensor get(String name) {
        return present(name, tensors.get(name));
    }

    /** A result, which is now the caller's to close. */
    public SessionTensor take(String name) {
        return present(name, tensors.remove(name));
    }

    private SessionTensor present(String name, @Nullable SessionTensor tensor) {
        if (tensor == null) {
            throw new IllegalArgumentException("The run has no result " + name + ", only " + tensors.keySet() + ".");
        }
        return tensor;
    }

    @Override
    public void close() {
        tensors.values().forEach(SessionTensor::close);
        tensors.clear();
    }
}
