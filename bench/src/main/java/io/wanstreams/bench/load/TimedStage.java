package io.wanstreams.bench.load;

import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.transport.stage.Stage;
import io.wanstreams.transport.stage.StageOutput;
import io.wanstreams.transport.stage.StageRun;
import java.time.Duration;
import java.util.Map;
import java.util.function.ToLongFunction;

/** A stage that takes its time and computes nothing. {@code millis} says how long, by job. */
record TimedStage(Shift shift, String worker, ToLongFunction<StageRun> millis) implements Stage {

    @Override
    public StageOutput run(StageRun run) throws InterruptedException {
        long begun = System.nanoTime();
        Thread.sleep(millis.applyAsLong(run));
        StageOutput output = new StageOutput(StageOutputs.ofText(Map.of()), Duration.ZERO);
        shift.worked(worker, begun, System.nanoTime());
        return output;
    }
}
