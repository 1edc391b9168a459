package io.wanstreams.transport.progress;

/**
 * How far a run is and how fast it has been since its first report.
 *
 * @param step steps done
 * @param of steps in all, 0 while unknown
 * @param firstStep steps done at the first report: a resumed run does not begin at 0
 * @param firstNanos when that was
 * @param lastNanos when the last report came
 */
record StepRate(int step, int of, int firstStep, long firstNanos, long lastNanos) {

    static final StepRate UNKNOWN = new StepRate(0, 0, -1, 0, 0);

    private static final double NANOS_PER_SECOND = 1e9;

    StepRate after(int nextStep, int nextOf, long nanos) {
        boolean first = firstStep < 0;
        return new StepRate(nextStep, nextOf, first ? nextStep : firstStep, first ? nanos : firstNanos, nanos);
    }

    /** Steps per second; 0 until two reports came. */
    double perSecond() {
        long nanos = lastNanos - firstNanos;
        return nanos <= 0 ? 0 : (step - firstStep) * NANOS_PER_SECOND / nanos;
    }
}
