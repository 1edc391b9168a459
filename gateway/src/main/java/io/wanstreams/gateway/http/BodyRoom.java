package io.wanstreams.gateway.http;

import java.util.concurrent.atomic.AtomicLong;

/** Room for large bodies, which are held whole until they are answered. */
final class BodyRoom {

    private final long bytes;
    private final AtomicLong taken = new AtomicLong();

    BodyRoom(long bytes) {
        this.bytes = bytes;
    }

    /** Takes room for so many bytes, or nothing when there is not as much. */
    boolean take(long wanted) {
        long before = taken.getAndUpdate(held -> held + wanted <= bytes ? held + wanted : held);
        return before + wanted <= bytes;
    }

    void giveBack(long length) {
        taken.addAndGet(-length);
    }
}
