package io.wanstreams.denoise.device;

import io.wanstreams.inference.session.Device;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lends each device of this machine to one expert: inside this process by memory, among processes by a lock on a file
 * {@code <lock directory>/<device>.lock}, which the system frees when its process ends, however it ends. Thread-safe.
 *
 * <p>Whoever allows sharing gets any device; whoever does not wants to be alone, also among those that do.
 */
public final class DeviceRegistry {

    static final String SHARED_SETTING = "wan.device.shared";

    private final Path lockDirectory;
    private final boolean shared;
    private final Map<Device, Held> held = new HashMap<>();

    /** What is known of a device that this process uses. */
    private record Held(String holder, int users, @Nullable DeviceLock lock) {}

    /**
     * @param lockDirectory made when missing; the same for all processes of this machine
     * @param shared whether experts of this process accept company
     */
    public DeviceRegistry(Path lockDirectory, boolean shared) {
        this.lockDirectory = lockDirectory;
        this.shared = shared;
    }

    /**
     * Takes a device.
     *
     * @param holder who takes it, for the sentence that refuses the next, such as {@code denoise-high of model demo}
     * @throws DeviceUnavailableException when another expert has it, naming that one and the setting that allows sharing
     */
    public synchronized DeviceLease take(Device wanted, String holder) {
        Device device = wanted.physical();
        Held before = held.get(device);
        if (before != null && !shared) {
            throw refused(device, holder, before.holder() + " in this process");
        }
        if (before != null) {
            held.put(device, new Held(before.holder(), before.users() + 1, before.lock()));
        } else {
            held.put(device, new Held(holder, 1, lock(device, holder)));
        }
        return new DeviceLease(wanted, () -> giveBack(device));
    }

    private @Nullable DeviceLock lock(Device device, String holder) {
        Path file = lockDirectory.resolve(device.toString().replace(':', '-') + ".lock");
        DeviceLock lock = DeviceLock.tryLock(
                file, shared, holder + " in process " + ProcessHandle.current().pid());
        if (lock == null && !shared) {
            throw refused(device, holder, DeviceLock.holder(file));
        }
        return lock;
    }

    private synchronized void giveBack(Device device) {
        Held now = held.get(device);
        if (now == null) {
            return;
        }
        if (now.users() > 1) {
            held.put(device, new Held(now.holder(), now.users() - 1, now.lock()));
            return;
        }
        held.remove(device);
        if (now.lock() != null) {
            now.lock().close();
        }
    }

    private static DeviceUnavailableException refused(Device device, String wanted, String holder) {
        return new DeviceUnavailableException("Device " + device + " cannot be taken for " + wanted + ": it is held by "
                + holder + "; give each expert a device of its own (wan.denoise.device.<stage>), or set "
                + SHARED_SETTING
                + "=true if the memory suffices for both.");
    }
}
