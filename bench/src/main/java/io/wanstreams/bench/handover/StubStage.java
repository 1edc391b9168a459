package io.wanstreams.bench.handover;

import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.transport.stage.Stage;
import io.wanstreams.transport.stage.StageOutput;
import io.wanstreams.transport.stage.StageRun;
import java.time.Duration;
import java.util.Map;

/** A stage that notes when it is at work and makes nothing. */
record StubStage(Journal journal) implements Stage {

    @Override
    public StageOutput run(StageRun run) {
        journal.begins(run.job().id(), run.stage(), System.nanoTime());
        StageOutput output = new StageOutput(StageOutputs.ofText(Map.of()), Duration.ZERO);
        journal.ends(run.job().id(), run.stage(), System.nanoTime());
        return output;
    }
}
