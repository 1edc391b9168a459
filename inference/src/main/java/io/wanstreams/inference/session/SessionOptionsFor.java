package io.wanstreams.inference.session;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;

/** Turns device and settings into the runtime's session options. */
final class SessionOptionsFor {
    private SessionOptionsFor() {}

    static SessionOptions device(Device device, SessionSettings settings) throws OrtException {
        if (device instanceof Device.Cuda) {
            requireCuda(device);
        }
        SessionOptions options = new SessionOptions();
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        options.setIntraOpNumThreads(settings.threads());
        options.setInterOpNumThreads(1);
        options.setCPUArenaAllocator(settings.arena());
        options.setMemoryPatternOptimization(settings.arena());
        options.addConfigEntry("session.disable_prepacking", settings.prepacking() ? "0" : "1");
        options.addConfigEntry("session.intra_op.allow_spinning", settings.spinning() ? "1" : "0");
        if (settings.profile().isPresent()) {
            options.enableProfiling(settings.profile().get().toString());
        }
        if (device instanceof Device.Cuda cuda) {
            addCuda(options, cuda);
        }
        return options;
    }

    private static void requireCuda(Device device) {
        if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
            throw new InferenceException("Device " + device + " needs a build with the CUDA provider (onnxruntime_gpu),"
                    + " this one has only " + OrtEnvironment.getAvailableProviders() + ".");
        }
    }

    private static void addCuda(SessionOptions options, Device.Cuda cuda) throws OrtException {
        try (OrtCUDAProviderOptions provider = new OrtCUDAProviderOptions(cuda.index())) {
            provider.add("arena_extend_strategy", "kSameAsRequested");
            provider.add("use_tf32", "0");
            provider.add("cudnn_conv_algo_search", "HEURISTIC");
            options.addCUDA(provider);
        }
    }
}
