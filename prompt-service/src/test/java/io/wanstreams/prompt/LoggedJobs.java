package io.wanstreams.prompt;

import static org.awaitility.Awaitility.await;

import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.JobOrigin;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.request.VideoRequest;
import io.wanstreams.contracts.ticket.LogCursor;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.log.JobLogReader;
import io.wanstreams.transport.log.JobView;
import io.wanstreams.transport.log.KafkaJobLog;
import io.wanstreams.transport.log.LogPosition;
import io.wanstreams.transport.log.StageTransactions;
import io.wanstreams.transport.testing.TestJobs;
import java.time.Duration;
import java.util.Objects;

/** Jobs in the log of a real broker, as gateway and dispatcher bring them to their first stage. */
final class LoggedJobs implements AutoCloseable {

    private final KafkaJobLog log;
    private final JobLogReader reader;
    private final StageTransactions transactions;

    LoggedJobs(KafkaClients clients) {
        this.log = new KafkaJobLog(clients, "/test");
        this.reader = new JobLogReader(clients);
        this.transactions = new StageTransactions(clients, "test-" + TestJobs.id(), "/test");
    }

    /** Submits and admits a job: the prompt stage gets a ticket. */
    JobView start(VideoRequest request) {
        JobId id = TestJobs.id();
        JobEvent submitted =
                new JobEvent.Submitted(request, StageName.TWO_EXPERTS, "tenant", new JobOrigin("http", null, "digest"));
        LogPosition at = log.append(id, submitted).join();
        LogCursor cursor = new LogCursor(reader.topic().id(), at.partition(), at.offset());
        // What was just written may be hidden for a moment, by a transaction of somebody else.
        JobView view = await().atMost(Duration.ofSeconds(90))
                .until(() -> reader.readToEnd(new JobView(id, null, cursor)).view(), read -> read.job() != null);
        transactions.append(view, new JobEvent.Admitted());
        return view;
    }

    /** A job now. */
    Job now(JobView view) {
        return Objects.requireNonNull(reader.readToEnd(view).view().job());
    }

    @Override
    public void close() {
        transactions.close();
        reader.close();
        log.close();
    }
}
