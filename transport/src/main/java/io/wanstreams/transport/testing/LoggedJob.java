package io.wanstreams.transport.testing;

import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.JobOrigin;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.contracts.job.StageTimings;
import io.wanstreams.contracts.request.VideoRequest;
import io.wanstreams.contracts.ticket.LogCursor;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.log.JobLogReader;
import io.wanstreams.transport.log.JobView;
import io.wanstreams.transport.log.KafkaJobLog;
import io.wanstreams.transport.log.LogPosition;
import io.wanstreams.transport.log.StageTransactions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A job in the log of a real broker, led by the test through the stages that are not under test. */
public final class LoggedJob implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long LOOK_AGAIN_MILLIS = 50;

    private final KafkaJobLog log;
    private final JobLogReader reader;
    private final StageTransactions transactions;
    private JobView view;

    /** Submits the job. */
    public LoggedJob(KafkaClients clients, VideoRequest request, List<StageName> route) {
        JobId id = TestJobs.id();
        this.log = new KafkaJobLog(clients, "/test");
        this.reader = new JobLogReader(clients);
        this.transactions = new StageTransactions(clients, "test-" + id, "/test");
        LogPosition at = log.append(
                        id, new JobEvent.Submitted(request, route, "tenant", new JobOrigin("http", null, "digest")))
                .join();
        this.view = new JobView(id, null, new LogCursor(reader.topic().id(), at.partition(), at.offset()));
    }

    /** Admits it: its first stage gets a ticket. */
    public LoggedJob admit() {
        transactions.append(readTo(Phase.Submitted.class), new JobEvent.Admitted());
        return this;
    }

    /** Does the stage that it waits for: the next one gets a ticket. */
    public LoggedJob pass(StageName stage, StageOutputs outputs) {
        readTo(Phase.Waiting.class);
        long turn = job().phase().stageTurn().orElseThrow().turn();
        log.append(view.id(), new JobEvent.Started(stage, turn, "test", new TreeMap<>()))
                .join();
        transactions.append(
                readTo(Phase.Running.class), new JobEvent.Completed(stage, turn, outputs, new StageTimings(0, 0, 0)));
        return this;
    }

    /** The job now. */
    public Job job() {
        return Objects.requireNonNull(read().job());
    }

    /** Whether it waits for this stage. */
    public boolean waitsFor(StageName stage) {
        return job().phase() instanceof Phase.Waiting waiting && waiting.at().stage() == stage;
    }

    /** What was just written may be hidden for a moment, by a transaction of somebody else. */
    private JobView readTo(Class<? extends Phase> phase) {
        long began = System.nanoTime();
        while (read().job() == null || !phase.isInstance(job().phase())) {
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new IllegalStateException("Job " + view.id() + " is not " + phase.getSimpleName() + " within "
                        + PATIENCE.toSeconds() + " s, found " + view.job() + ".");
            }
            pause();
        }
        return view;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a job.", e);
        }
    }

    private JobView read() {
        view = reader.readToEnd(view).view();
        return view;
    }

    @Override
    public void close() {
        transactions.close();
        reader.close();
        log.close();
    }
}
