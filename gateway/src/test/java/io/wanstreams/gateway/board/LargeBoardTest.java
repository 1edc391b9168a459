package io.wanstreams.gateway.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.bundle.TensorEntry;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.RecordedEvent;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.contracts.job.StageTimings;
import io.wanstreams.contracts.json.JobEventCodec;
import io.wanstreams.gateway.Jobs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A board of a hundred thousand finished jobs, read from what the log holds: the events as bytes. */
@Tag("slow")
final class LargeBoardTest {

    private static final int JOBS = 100_000;
    private static final long LIMIT_BYTES = 600L << 20;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final JobBoard board = new JobBoard(200_000);
    private final Random random = new Random(1);
    private long offset;

    @Test
    void aHundredThousandJobsFitIntoMemoryAndAreReadSoon() {
        long before = usedBytes();
        long begun = System.nanoTime();
        for (int i = 0; i < JOBS; i++) {
            read(JobId.ofTime(Jobs.START.toEpochMilli() + i, random));
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        long held = usedBytes() - before;
        LoggerFactory.getLogger(LargeBoardTest.class)
                .atInfo()
                .addKeyValue("jobs", JOBS)
                .addKeyValue("events", offset)
                .addKeyValue("millis", took.toMillis())
                .addKeyValue("heapMiB", held >> 20)
                .log("Large board");

        assertThat(board.size()).isEqualTo(JOBS);
        assertThat(board.list("default", Optional.empty(), true).limit(100)).hasSize(100);
        assertThat(held).isLessThan(LIMIT_BYTES);
        assertThat(took).isLessThan(LIMIT);
    }

    private void read(JobId id) {
        apply(id, Jobs.submitted());
        long turn = apply(id, new JobEvent.Admitted());
        for (StageName stage : StageName.TWO_EXPERTS) {
            apply(id, new JobEvent.Started(stage, turn, "host/" + stage, new TreeMap<>(Map.of("device", "cpu"))));
            turn = apply(id, new JobEvent.Completed(stage, turn, outputs(stage), new StageTimings(1, 2, 1)));
        }
    }

    /** As the gateway reads it: every event has been bytes. */
    private long apply(JobId id, JobEvent event) {
        JobEvent read = JobEventCodec.read(JobEventCodec.typeOf(event), JobEventCodec.data(event));
        board.apply(0, new RecordedEvent(id, offset, Jobs.START.plusMillis(offset), read));
        return offset++;
    }

    private static StageOutputs outputs(StageName stage) {
        return switch (stage) {
            case PROMPT -> StageOutputs.ofText(Map.of("prompt", "a cat, sharp", "negative_prompt", "ugly"));
            case ENCODE -> StageOutputs.ofBundles(Map.of("conditioning", bundle("text.positive", "text.negative")));
            case DECODE ->
                StageOutputs.ofBundles(Map.of("video", bundle(), "thumbnail", bundle(), "spritesheet", bundle()));
            default -> StageOutputs.ofBundles(Map.of("latents", bundle("latents")));
        };
    }

    private static BundleRef bundle(String... tensors) {
        List<TensorEntry> table = Stream.of(tensors)
                .map(name -> new TensorEntry(name, "F32", List.of(512L, 4096L)))
                .toList();
        return new BundleRef("wan.tensors", "t".repeat(22), 0, 0, 0, 1, 1, "0".repeat(64), "video/mp4", table);
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
