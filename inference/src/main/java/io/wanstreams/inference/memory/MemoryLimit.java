package io.wanstreams.inference.memory;

import com.sun.management.OperatingSystemMXBean;
import io.wanstreams.inference.session.Device;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How much memory a stage may need. What is predicted to need more is refused before it runs, since the system would end
 * the process, or read the weights from disk again and again.
 *
 * @param bytes empty for no limit
 * @param configured whether somebody said so; else it is what this machine has
 */
public record MemoryLimit(OptionalLong bytes, boolean configured) {
    /** The setting that overrules what the machine has. */
    public static final String SETTING = "wan.memory.limit";

    /** Memory of this machine, or of the container that this process runs in. */
    public static long machineBytes() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }

    /** The setting's value; without one what the machine has, or no limit on a device with a memory of its own. */
    public static MemoryLimit of(Optional<Long> setting, Device device) {
        if (setting.isPresent()) {
            return new MemoryLimit(OptionalLong.of(setting.get()), true);
        }
        return device instanceof Device.Cpu
                ? new MemoryLimit(OptionalLong.of(machineBytes()), false)
                : new MemoryLimit(OptionalLong.empty(), false);
    }

    /** Whether it fits. */
    public boolean allows(MemoryNeed need) {
        return bytes.isEmpty() || need.bytes() <= bytes.getAsLong();
    }

    /**
     * Refuses a run that does not fit.
     *
     * @throws NotEnoughMemoryException with the numbers
     */
    public void check(MemoryNeed need) {
        if (!allows(need)) {
            throw new NotEnoughMemoryException("The " + need.what() + " needs " + gib(need.bytes()) + " " + need.task()
                    + " (" + gib(need.weightBytes()) + " of weights, " + gib(need.workingBytes()) + " to work), "
                    + found() + ".");
        }
    }

    /**
     * Refuses to load weights that leave no room.
     *
     * @throws NotEnoughMemoryException with the numbers
     */
    public void checkWeights(MemoryNeed smallest) {
        if (!allows(smallest)) {
            throw new NotEnoughMemoryException("The " + smallest.what() + " has " + gib(smallest.weightBytes())
                    + " of weights and needs " + gib(smallest.workingBytes()) + " more for the smallest run, " + found()
                    + ".");
        }
    }

    private String found() {
        String limit = gib(bytes.orElse(0));
        return configured
                ? SETTING + " allows " + limit
                : "this machine has " + limit + "; a larger " + SETTING + " overrules that";
    }

    private static String gib(long bytes) {
        return MemoryNeed.gibibytes(bytes);
    }
}
