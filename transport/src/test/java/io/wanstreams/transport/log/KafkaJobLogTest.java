package io.wanstreams.transport.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.KafkaSettings;
import io.wanstreams.transport.TransportException;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Appends while there is no broker. */
class KafkaJobLogTest {

    private static final JobId JOB = JobId.ofIdempotencyKey("default", "nobody-listens");

    private KafkaClients clients;
    private KafkaJobLog log;

    @BeforeEach
    void open() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            clients = new KafkaClients(KafkaSettings.of("localhost:" + socket.getLocalPort()));
        }
        log = new KafkaJobLog(clients, "/test", 1);
    }

    @AfterEach
    void close() {
        log.close();
        clients.close();
    }

    @Test
    void anAppendDoesNotHoldItsCaller() {
        CompletableFuture<LogPosition> append = append();

        // The producer itself returns only when it has given up.
        assertThat(append).isNotDone();
        assertThatThrownBy(() -> append.get(20, TimeUnit.SECONDS))
                .hasCauseInstanceOf(TransportException.class)
                .hasMessageContaining("may or may not be in the log");
    }

    @Test
    void moreThanTheLimitAreRefusedAtOnce() {
        CompletableFuture<LogPosition> sent = append();
        CompletableFuture<LogPosition> waiting = append();
        CompletableFuture<LogPosition> refused = append();

        assertThat(sent).isNotDone();
        assertThat(waiting).isNotDone();
        assertThat(refused).isCompletedExceptionally();
        assertThatThrownBy(refused::join).hasMessageContaining("is not in the log");
    }

    private CompletableFuture<LogPosition> append() {
        return log.append(JOB, new JobEvent.Cancelled("test"));
    }
}
