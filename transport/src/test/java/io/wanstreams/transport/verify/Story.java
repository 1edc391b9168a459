package io.wanstreams.transport.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.contracts.job.JobError;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.JobOrigin;
import io.wanstreams.contracts.job.RecordedEvent;
import io.wanstreams.contracts.job.RequeueReason;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.contracts.job.StageTimings;
import io.wanstreams.contracts.json.ContractJson;
import io.wanstreams.contracts.json.JobEventCodec;
import io.wanstreams.transport.testing.TestJobs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A job's events, told one after the other; each lies at the next offset. */
final class Story {

    static final JobId JOB = TestJobs.id();
    static final List<StageName> ROUTE = List.of(StageName.ENCODE, StageName.DENOISE, StageName.DECODE);
    static final long FIRST = 10;

    private final List<LoggedEvent> events = new ArrayList<>();

    /** A hard life with a good end: an orderly leave, an error, a lost worker who speaks once more, a lost ticket, a deletion. */
    static List<LoggedEvent> eventful() {
        return new Story()
                .tell("/gateway", submitted())
                .tell("/dispatcher", new JobEvent.Admitted())
                .tell("/w1", started(StageName.ENCODE, 11))
                .tell("/w1", completed(StageName.ENCODE, 11))
                .tell("/w2", started(StageName.DENOISE, 13))
                .tell("/w2", checkpointed(13, 2))
                .tell("/w2", new JobEvent.Yielded(StageName.DENOISE, 13))
                .tell("/dispatcher", requeued(StageName.DENOISE, 13, RequeueReason.RETRY))
                .tell("/w3", started(StageName.DENOISE, 17))
                .tell("/w3", new JobEvent.Failed(StageName.DENOISE, 17, error(), Duration.ofSeconds(1)))
                .tell("/dispatcher", requeued(StageName.DENOISE, 17, RequeueReason.RETRY))
                .tell("/w2", started(StageName.DENOISE, 20))
                .tell("/dispatcher", requeued(StageName.DENOISE, 20, RequeueReason.WORKER_LOST))
                .tell("/w2", checkpointed(20, 3))
                .tell("/w3", started(StageName.DENOISE, 22))
                .tell("/w3", completed(StageName.DENOISE, 22))
                .tell("/dispatcher", requeued(StageName.DECODE, 25, RequeueReason.TICKET_LOST))
                .tell("/w4", started(StageName.DECODE, 26))
                .tell("/w4", completed(StageName.DECODE, 26))
                .tell("/gateway", new JobEvent.Deleted("client"))
                .events;
    }

    /** The next event, written by somebody. */
    Story tell(String source, JobEvent event) {
        long offset = FIRST + events.size();
        try {
            events.add(new LoggedEvent(
                    new RecordedEvent(JOB, offset, Instant.EPOCH, event),
                    0,
                    source,
                    JobEventCodec.typeOf(event),
                    ContractJson.mapper().readTree(JobEventCodec.data(event))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    List<LoggedEvent> events() {
        return events;
    }

    static JobEvent submitted() {
        return new JobEvent.Submitted(TestJobs.request("m"), ROUTE, "tenant", new JobOrigin("http", null, "digest"));
    }

    static JobEvent started(StageName stage, long turn) {
        return new JobEvent.Started(stage, turn, "worker", new TreeMap<>());
    }

    static JobEvent completed(StageName stage, long turn) {
        return new JobEvent.Completed(stage, turn, StageOutputs.ofText(Map.of()), new StageTimings(0, 0, 0));
    }

    static JobEvent checkpointed(long turn, int step) {
        return new JobEvent.Checkpointed(StageName.DENOISE, turn, step, bundle());
    }

    static JobEvent requeued(StageName stage, long turn, RequeueReason reason) {
        return new JobEvent.Requeued(stage, turn, reason);
    }

    static JobError error() {
        return new JobError(FailureCode.STAGE_FAILED, "It did not work.");
    }

    private static BundleRef bundle() {
        return new BundleRef("wan.checkpoints", "id", 0, 5, 5, 10, 1, "0".repeat(64), BundleRef.SAFETENSORS, List.of());
    }
}
