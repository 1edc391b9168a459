package io.wanstreams.inference.session;

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
            if (index < 0 || index > 255) {
                throw new IllegalArgumentException("A CUDA device's index is 0 to 255, not " + index + ".");
            }
        }

        @Override
        public String toString() {
            return "cuda:" + index;
        }
    }

    Device CPU = new Cpu();

    /**
     * Reads devices with commas between them.
     *
     * @throws IllegalArgumentException for anything else
     */
    static List<Device> parseAll(String text) {
        return Arrays.stream(text.split(",", -1)).map(Device::parse).toList();
    }

    /**
     * Reads {@code cpu}, {@code cuda} (the first) or {@code cuda:<index>}.
     *
     * @throws IllegalArgumentException for anything else
     */
    static Device parse(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        Matcher cuda = Pattern.compile("cuda(?::(\\d{1,3}))?").matcher(wanted);
        if (wanted.equals("cpu")) {
            return CPU;
        }
        if (cuda.matches()) {
            return new Cuda(cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1)));
        }
        throw new IllegalArgumentException(
                "Device \"" + text + "\" is unknown: use cpu, or cuda:<index> such as cuda:1.");
    }
}
