package io.wanstreams.bench.checkpoint;

import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.transport.stage.Stage;
import io.wanstreams.transport.stage.StageException;
import io.wanstreams.transport.stage.StageOutput;
import io.wanstreams.transport.stage.StageRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Computes a piece of work alone, begins a checkpoint, computes the same piece again, waits for the checkpoint. */
final class SavingStage implements Stage {

    private static final int WARMUPS = 2;
    private static final int WORK = 60_000_000;

    private final SolverState state;
    private final int rounds;
    private final CountDownLatch done = new CountDownLatch(1);
    private final List<Double> stalls = new ArrayList<>();
    private final List<Double> recorded = new ArrayList<>();
    private final List<Double> alone = new ArrayList<>();
    private final List<Double> beside = new ArrayList<>();
    private double sink;

    SavingStage(SolverState state, int rounds) {
        this.state = state;
        this.rounds = rounds;
    }

    @Override
    public StageOutput run(StageRun run) throws StageException, InterruptedException {
        try {
            for (int step = 1; step <= WARMUPS + rounds; step++) {
                round(run, step, step > WARMUPS);
            }
        } finally {
            done.countDown();
        }
        return new StageOutput(StageOutputs.ofText(Map.of()), Duration.ZERO);
    }

    private void round(StageRun run, int step, boolean counts) throws StageException, InterruptedException {
        long t0 = System.nanoTime();
        work();
        long t1 = System.nanoTime();
        run.beginCheckpoint(step, state::toTensors);
        long t2 = System.nanoTime();
        work();
        long t3 = System.nanoTime();
        run.checkpoint(step, Map.of());
        long t4 = System.nanoTime();
        if (counts) {
            alone.add((t1 - t0) / 1e6);
            stalls.add((t2 - t1) / 1e6);
            beside.add((t3 - t2) / 1e6);
            recorded.add((t4 - t2) / 1e6);
        }
    }

    /** A fixed number of multiplications, no memory. */
    private void work() {
        double x = 1.000001;
        for (int i = 0; i < WORK; i++) {
            x = x * 1.0000001 + 1e-9;
        }
        sink += x;
    }

    /** Waits for the last round. */
    void await() throws InterruptedException {
        done.await();
    }

    List<Double> stalls() {
        return stalls;
    }

    List<Double> recorded() {
        return recorded;
    }

    List<Double> alone() {
        return alone;
    }

    List<Double> beside() {
        return beside;
    }

    /** So that no compiler leaves the work out. */
    double sink() {
        return sink;
    }
}
