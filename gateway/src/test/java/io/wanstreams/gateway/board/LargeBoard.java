package io.wanstreams.gateway.board;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A board of many finished jobs, read from what the log holds: the events as bytes. A program of its own: its heap is bounded. */
final class LargeBoard {

    private final JobBoard board = new JobBoard(200_000);
    private final Random random = new Random(1);
    private long offset;
    private long readNanos;

    /** Prints the number of jobs on the board, of those it lists, milliseconds of reading, and MiB of heap in use. */
    public static void main(String[] arguments) {
        LargeBoard large = new LargeBoard();
        int jobs = Integer.parseInt(arguments[0]);
        long before = usedBytes();
        for (int i = 0; i < jobs; i++) {
            large.read(JobId.ofTime(Jobs.START.toEpochMilli() + i, large.random));
        }
        // What is printed of the board afterwards keeps it alive until then.
        long used = (usedBytes() - before) >> 20;
        System.out.println("jobs=" + large.board.size() + " listed="
                + large.board.list("default", Optional.empty(), true).limit(100).count() + " events=" + large.offset
                + " millis=" + large.readNanos / 1_000_000 + " heapMiB=" + used);
    }

    private void read(JobId id) {
        apply(id, Jobs.submitted());
        long turn = apply(id, new JobEvent.Admitted());
        for (StageName stage : StageName.TWO_EXPERTS) {
            apply(id, new JobEvent.Started(stage, turn, "host/" + stage, new TreeMap<>(Map.of("device", "cpu"))));
            turn = apply(id, new JobEvent.Completed(stage, turn, outputs(stage), new StageTimings(1, 2, 1)));
        }
    }

    /** As the gateway reads it: every event has been bytes. What counts is reading, not making them. */
    private long apply(JobId id, JobEvent event) {
        String type = JobEventCodec.typeOf(event);
        byte[] data = JobEventCodec.data(event);
        long begun = System.nanoTime();
        JobEvent read = JobEventCodec.read(type, data);
        board.apply(0, new RecordedEvent(id, offset, Jobs.START.plusMillis(offset), read));
        readNanos += System.nanoTime() - begun;
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
