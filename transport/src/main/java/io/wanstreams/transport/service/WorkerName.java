package io.wanstreams.transport.service;

import io.wanstreams.contracts.job.StageName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** What a worker is called in the log: {@code <process>/<stage>}. */
public final class WorkerName {

    private WorkerName() {}

    /**
     * The worker's name.
     *
     * @param process {@code wan.worker.id}; by default host and process id
     */
    public static String of(Optional<String> process, StageName stage) {
        return process.orElseGet(() -> host() + "/" + ProcessHandle.current().pid()) + "/" + stage;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
