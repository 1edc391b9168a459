package io.wanstreams.bench.micro;

import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobFold;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.JobOrigin;
import io.wanstreams.contracts.job.RecordedEvent;
import io.wanstreams.contracts.job.RequeueReason;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.request.DenoiseSettings;
import io.wanstreams.contracts.request.Preset;
import io.wanstreams.contracts.request.PromptSpec;
import io.wanstreams.contracts.request.SchedulerChoice;
import io.wanstreams.contracts.request.SigmaGrid;
import io.wanstreams.contracts.request.VideoRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Folding one event, in a log that is long because a job is started and requeued again and again. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LongJobFold {

    private static final int EVENTS = 10_000;

    private final List<RecordedEvent> log = new ArrayList<>(EVENTS);

    @Setup
    public void write() {
        JobId id = JobId.ofIdempotencyKey("bench", "fold");
        StageName stage = StageName.ENCODE;
        add(id, new JobEvent.Submitted(request(), List.of(stage), "bench", new JobOrigin("http", null, "")));
        add(id, new JobEvent.Admitted());
        for (long turn = 1; log.size() < EVENTS; turn += 2) {
            add(id, new JobEvent.Started(stage, turn, "bench", new TreeMap<>()));
            add(id, new JobEvent.Requeued(stage, turn, RequeueReason.WORKER_LOST));
        }
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public @Nullable Job fold() {
        Job job = null;
        for (RecordedEvent event : log) {
            job = JobFold.apply(job, event);
        }
        return job;
    }

    private void add(JobId id, JobEvent event) {
        log.add(new RecordedEvent(id, log.size(), Instant.EPOCH, event));
    }

    private static VideoRequest request() {
        return new VideoRequest(
                "bench",
                Preset.WAN,
                new PromptSpec("a red ball", "", null, null, null),
                64,
                64,
                5,
                16,
                null,
                null,
                new DenoiseSettings(4, 4, 3, 5, null, SigmaGrid.WAN, SchedulerChoice.UNIPC, 0, null),
                false,
                Duration.ofHours(1),
                new TreeMap<>(),
                List.of());
    }
}
