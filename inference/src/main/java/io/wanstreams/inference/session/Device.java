package io.wanstreams.inference.session;

import io.wanstreams.inference.graph.Flavour;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a network computes. */
public sealed interface Device {
    /** The host's processor cores. */
    record Cpu() implements Device {
        @Override
        public Flavour.Provider provider() {
            return Flavour.Provider.CPU;
        }

        @Override
        public Device physical() {
            return this;
        }

        @Override
        public String toString() {
            return "cpu";
        }
    }

    /**
     * An NVIDIA GPU.
     *
     * @param index as CUDA counts, from 0
     */
    record Cuda(int index) implements Device {
        public Cuda {
            checkIndex(index);
        }

        @Override
        public Flavour.Provider provider() {
            return Flavour.Provider.CUDA;
        }

        @Override
        public Device physical() {
            return this;
        }

        @Override
        public String toString() {
            return "cuda:" + index;
        }
    }

    /**
     * An NVIDIA GPU, networks compiled for it by TensorRT.
     *
     * @param index as CUDA counts, from 0
     */
    record TensorRt(int index) implements Device {
        public TensorRt {
            checkIndex(index);
        }

        @Override
        public Flavour.Provider provider() {
            return Flavour.Provider.TENSORRT;
        }

        @Override
        public Device physical() {
            return new Cuda(index);
        }

        @Override
        public String toString() {
            return "tensorrt:" + index;
        }
    }

    Device CPU = new Cpu();

    /** What runs graphs there. */
    Flavour.Provider provider();

    /** The same piece of hardware, whatever software uses it. */
    Device physical();

    private static void checkIndex(int index) {
        if (index < 0 || index > 255) {
            throw new IllegalArgumentException("A GPU's index is 0 to 255, not " + index + ".");
        }
    }

    /**
     * Reads devices with commas between them.
     *
     * @throws IllegalArgumentException for anything else
     */
    static List<Device> parseAll(String text) {
        return Arrays.stream(text.split(",", -1)).map(Device::parse).toList();
    }

    /**
     * Reads {@code cpu}, {@code cuda:<index>} or {@code tensorrt:<index>}; without an index the first.
     *
     * @throws IllegalArgumentException for anything else
     */
    static Device parse(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        Matcher gpu = Pattern.compile("(cuda|tensorrt)(?::(\\d{1,3}))?").matcher(wanted);
        if (wanted.equals("cpu")) {
            return CPU;
        }
        if (gpu.matches()) {
            int index = gpu.group(2) == null ? 0 : Integer.parseInt(gpu.group(2));
            return gpu.group(1).equals("cuda") ? new Cuda(index) : new TensorRt(index);
        }
        throw new IllegalArgumentException(
                "Device \"" + text + "\" is unknown: use cpu, or cuda:<index> such as cuda:1, or tensorrt:<index>.");
    }
}
