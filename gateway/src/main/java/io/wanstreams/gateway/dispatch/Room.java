package io.wanstreams.gateway.dispatch;

import io.wanstreams.gateway.board.BoardJob;
import java.util.HashMap;
import java.util.Map;

/** How many more jobs may be admitted: of all tenants together, and of each. */
final class Room {

    private final int perTenant;
    private final Map<String, Integer> taken = new HashMap<>();
    private int left;

    Room(int window, int perTenant) {
        this.left = window;
        this.perTenant = perTenant;
    }

    /** The job is one of those that are admitted. */
    void take(BoardJob job) {
        left--;
        taken.merge(job.job().tenant(), 1, Integer::sum);
    }

    boolean isFor(BoardJob job) {
        return left > 0 && taken.getOrDefault(job.job().tenant(), 0) < perTenant;
    }
}
