package io.wanstreams.denoise.device;

import io.wanstreams.inference.session.Device;
import java.util.concurrent.atomic.AtomicBoolean;

/** A device in use, until it is closed. */
public final class DeviceLease implements AutoCloseable {

    private final Device device;
    private final Runnable giveBack;
    private final AtomicBoolean closed = new AtomicBoolean();

    DeviceLease(Device device, Runnable giveBack) {
        this.device = device;
        this.giveBack = giveBack;
    }

    public Device device() {
        return device;
    }

    /** Gives the device back; doing so again changes nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            giveBack.run();
        }
    }
}
