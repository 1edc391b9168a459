package io.wanstreams.inference.session;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;

/** Turns device and settings into the runtime's session options. */
final class SessionOptionsFor {
    private SessionOptionsFor() {}

    static SessionOptions device(Device device, SessionSettings settings) throws OrtException {
        if (device instanceof Device.Cuda) {
            require(device, OrtProvider.CUDA);
        } else if (device instanceof Device.TensorRt) {
            require(device, OrtProvider.TENSOR_RT);
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
        if (device instanceof Device.TensorRt gpu) {
            addTensorRt(options, gpu.index(), settings);
            addCuda(options, gpu.index());
        } else if (device instanceof Device.Cuda gpu) {
            addCuda(options, gpu.index());
        }
        return options;
    }

    private static void require(Device device, OrtProvider provider) {
        if (!OrtEnvironment.getAvailableProviders().contains(provider)) {
            throw new InferenceException("Device " + device + " needs a build with the provider " + provider
                    + " (onnxruntime_gpu: mvn -Pgpu), this one has only " + OrtEnvironment.getAvailableProviders()
                    + ".");
        }
    }

    private static void addCuda(SessionOptions options, int index) throws OrtException {
        options.addConfigEntry("session.use_device_allocator_for_initializers", "1");
        try (OrtCUDAProviderOptions provider = new OrtCUDAProviderOptions(index)) {
            provider.add("arena_extend_strategy", "kSameAsRequested");
            provider.add("use_tf32", "0");
            provider.add("cudnn_conv_algo_search", "HEURISTIC");
            provider.add("cudnn_conv_use_max_workspace", "1");
            options.addCUDA(provider);
        }
    }

    /**
     * Types are the graph's own, so none of the options that change them. Compiled engines and the times that chose their
     * kernels are kept: compiling takes minutes. What TensorRT cannot do goes to CUDA.
     */
    private static void addTensorRt(SessionOptions options, int index, SessionSettings settings) throws OrtException {
        try (OrtTensorRTProviderOptions provider = new OrtTensorRTProviderOptions(index)) {
            if (settings.engines().isPresent()) {
                String folder = settings.engines().get().toString();
                provider.add("trt_engine_cache_enable", "1");
                provider.add("trt_engine_cache_path", folder);
                provider.add("trt_timing_cache_enable", "1");
                provider.add("trt_timing_cache_path", folder);
            }
            options.addTensorrt(provider);
        }
    }
}
