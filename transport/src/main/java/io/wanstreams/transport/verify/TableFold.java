package io.wanstreams.transport.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The fold of a job's events a second time, as a table of rows that is walked through. It shares nothing with the
 * production fold, not even the reading of the events, so that the two can be held against each other.
 *
 * <p>Source: the table of events in docs/protocol.md.
 */
final class TableFold {

    private enum Place {
        NONE,
        SUBMITTED,
        WAITING,
        RUNNING,
        PARKED,
        COMPLETED,
        FAILED,
        CANCELLED,
        DELETED,
        UNREADABLE
    }

    private static final Set<Place> AT_STAGE = EnumSet.of(Place.WAITING, Place.RUNNING, Place.PARKED);
    private static final Set<Place> OVER = EnumSet.of(Place.COMPLETED, Place.FAILED, Place.CANCELLED);
    private static final Set<Place> NOT_OVER = EnumSet.of(Place.SUBMITTED, Place.WAITING, Place.RUNNING, Place.PARKED);
    private static final Set<Place> DEAF = EnumSet.of(Place.NONE, Place.DELETED, Place.UNREADABLE);

    private interface Guard {
        boolean holds(TableFold job, JsonNode data);
    }

    private interface Effect {
        void apply(TableFold job, JsonNode data, long offset);
    }

    private record Row(String event, Set<Place> from, Guard guard, Effect effect) {}

    private static final Guard ALWAYS = (job, data) -> true;
    private static final Guard SAME_TURN = (job, data) -> job.turn == number(data, "turn")
            && job.stage.equals(data.path("stage").asText());
    private static final Guard LATER_STEP =
            (job, data) -> SAME_TURN.holds(job, data) && number(data, "step") > job.step;
    private static final Guard SAME_ATTEMPT =
            (job, data) -> job.turn == number(data, "turn") && job.attempt == number(data, "attempt");

    private static final List<Row> TABLE = List.of(
            new Row("job.submitted", EnumSet.of(Place.NONE), ALWAYS, TableFold::begin),
            new Row("job.admitted", EnumSet.of(Place.SUBMITTED), ALWAYS, (job, data, offset) -> job.next(offset)),
            new Row("stage.started", EnumSet.of(Place.WAITING), SAME_TURN, to(Place.RUNNING)),
            new Row("stage.checkpointed", EnumSet.of(Place.RUNNING), LATER_STEP, TableFold::checkpoint),
            new Row("stage.completed", EnumSet.of(Place.RUNNING), SAME_TURN, TableFold::complete),
            new Row("stage.failed", EnumSet.of(Place.RUNNING), SAME_TURN, (job, data, offset) -> {
                job.attempt++;
                job.place = Place.PARKED;
            }),
            new Row("stage.yielded", EnumSet.of(Place.RUNNING), SAME_TURN, to(Place.PARKED)),
            new Row("stage.requeued", AT_STAGE, SAME_TURN, TableFold::requeue),
            new Row("job.failed", EnumSet.of(Place.SUBMITTED), ALWAYS, to(Place.FAILED)),
            new Row("job.failed", AT_STAGE, SAME_ATTEMPT, to(Place.FAILED)),
            new Row("job.cancelled", NOT_OVER, ALWAYS, to(Place.CANCELLED)),
            new Row("job.deleted", OVER, ALWAYS, to(Place.DELETED)));

    private static final String PREFIX = "io.wanstreams.";
    private static final String VERSION = ".v1";

    private final List<String> route = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private Place place = Place.NONE;
    private String stage = "";
    private long turn = -1;
    private long attempt;
    private long step;

    /**
     * One event more.
     *
     * @param type the CloudEvent's type; empty for an event that is not understood
     */
    void apply(String type, JsonNode data, long offset) {
        String event = type.startsWith(PREFIX) && type.endsWith(VERSION)
                ? type.substring(PREFIX.length(), type.length() - VERSION.length())
                : "";
        if (TABLE.stream().noneMatch(row -> row.event.equals(event))) {
            place = DEAF.contains(place) ? place : Place.UNREADABLE;
            return;
        }
        for (Row row : TABLE) {
            if (row.event.equals(event) && row.from.contains(place) && row.guard.holds(this, data)) {
                row.effect.apply(this, data, offset);
                return;
            }
        }
    }

    Outline outline() {
        String at = AT_STAGE.contains(place) ? Outline.at(stage, turn, (int) attempt, (int) step) : "-";
        return new Outline(place.name().toLowerCase(java.util.Locale.ROOT), at, List.copyOf(done));
    }

    private void begin(JsonNode data, long offset) {
        data.path("route").forEach(name -> route.add(name.asText()));
        place = Place.SUBMITTED;
    }

    /** On to the first stage that is not done. */
    private void next(long offset) {
        if (done.size() == route.size()) {
            place = Place.COMPLETED;
            return;
        }
        stage = route.get(done.size());
        turn = offset;
        attempt = 1;
        step = 0;
        place = Place.WAITING;
    }

    private void checkpoint(JsonNode data, long offset) {
        step = number(data, "step");
        attempt = 1;
    }

    private void complete(JsonNode data, long offset) {
        done.add(stage);
        next(offset);
    }

    private void requeue(JsonNode data, long offset) {
        attempt += place == Place.RUNNING ? 1 : 0;
        turn = offset;
        place = Place.WAITING;
    }

    private static Effect to(Place place) {
        return (job, data, offset) -> job.place = place;
    }

    private static long number(JsonNode data, String field) {
        return data.path(field).asLong(Long.MIN_VALUE);
    }
}
