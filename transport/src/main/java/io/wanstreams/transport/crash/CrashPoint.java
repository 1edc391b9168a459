package io.wanstreams.transport.crash;

import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.StageName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A line of production code after or before which a process may die; together they cover every row of the crash table of
 * docs/protocol.md that is about a process of ours. The code says {@link #reached} there. That does nothing unless the
 * system property {@code wan.crash.at} names the place ({@link CrashPlan} has its grammar): then the process ends at once,
 * with the place on its standard error and exit code {@link #EXIT_CODE}.
 */
public enum CrashPoint {
    /** The gateway has accepted a request and has not appended {@code job.submitted}. */
    BEFORE_SUBMIT(Place.GATEWAY),
    /** {@code job.submitted} is acknowledged, the client has no answer yet. */
    AFTER_SUBMIT(Place.GATEWAY),
    /** The dispatcher has decided and written nothing. */
    BEFORE_DISPATCH(Place.DISPATCHER),
    /** The dispatcher's event and ticket are sent, its transaction is open. */
    INSIDE_DISPATCH(Place.DISPATCHER),
    /** The dispatcher's event is in the log, its board does not know yet. */
    AFTER_DISPATCH(Place.DISPATCHER),
    /** A worker has leased a ticket and has said nothing. */
    TICKET_IN_HAND(Place.STAGE),
    /** {@code stage.started} counts, the ticket is not accepted. */
    STARTED(Place.STAGE),
    /** The stage works; reached at every step that it reports. */
    AT_WORK(Place.STAGE),
    /** The chunks of a checkpoint are acknowledged, no event names them. */
    CHECKPOINT_WRITTEN(Place.DENOISE),
    /** {@code stage.checkpointed} is in the log. */
    CHECKPOINT_LOGGED(Place.DENOISE),
    /** The stage's results are written, no event names them. */
    BEFORE_COMPLETION(Place.STAGE),
    /** {@code stage.completed} is sent, its transaction is open. */
    INSIDE_COMPLETION(Place.STAGE),
    /** The transaction is committed. */
    AFTER_COMPLETION(Place.STAGE);

    /** What a process ends with that died at a crash point. */
    public static final int EXIT_CODE = 86;

    /** Names the place; see {@link CrashPlan}. */
    public static final String PROPERTY = "wan.crash.at";

    private enum Place {
        GATEWAY,
        DISPATCHER,
        STAGE,
        DENOISE
    }

    private static final CrashPlan PLAN = CrashPlan.parse(System.getProperty(PROPERTY, ""));

    private final Place place;

    CrashPoint(Place place) {
        this.place = place;
    }

    /**
     * Reads the text form, for example {@code ticket-in-hand}.
     *
     * @throws IllegalArgumentException when there is no such point; the message lists them
     */
    public static CrashPoint parse(String text) {
        return Arrays.stream(values())
                .filter(point -> point.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no crash point is called '" + text
                        + "', expected one of "
                        + Arrays.stream(values()).map(CrashPoint::toString).collect(Collectors.joining(", "))));
    }

    /** The stages of a route in which this point is reached; none where it is the gateway's or the dispatcher's. */
    public List<StageName> stages(List<StageName> route) {
        return switch (place) {
            case GATEWAY, DISPATCHER -> List.of();
            case STAGE -> route;
            case DENOISE -> route.stream().filter(StageName::isDenoise).toList();
        };
    }

    /** Whether it is a worker's: named together with a stage. */
    public boolean isAtStage() {
        return Set.of(Place.STAGE, Place.DENOISE).contains(place);
    }

    /** Says that a process is at this point with a job, at no stage. */
    public void reached(JobId job) {
        PLAN.reached(this, null, job);
    }

    /** Says that a worker is at this point with a job. */
    public void reached(StageName stage, JobId job) {
        PLAN.reached(this, stage, job);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
