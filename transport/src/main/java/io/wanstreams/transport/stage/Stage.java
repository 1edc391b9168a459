package io.wanstreams.transport.stage;

/** The work of one kind of stage; what a service implements. Called by one thread at a time. */
@FunctionalInterface
public interface Stage {

    /**
     * Does the stage's work for one job. Everything it hands over is written through {@code run} before it returns.
     * It reports every step ({@link StageRun#progress}), and lets {@link StageAbandonedException} pass: that is how a
     * run ends that nobody wants any more.
     *
     * @throws RetriableStageException when another attempt may succeed; any unchecked exception counts as this
     * @throws PermanentStageException when none can
     */
    StageOutput run(StageRun run) throws StageException, InterruptedException;
}
