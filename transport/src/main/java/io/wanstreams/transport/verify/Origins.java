package io.wanstreams.transport.verify;

import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.job.RequeueReason;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.job.StageTurn;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has been true about a job, so that each event can be asked what it follows from. An event may come too late or twice,
 * and then changes nothing; but nobody writes one about a state that never was. If the log holds such an event, another is missing.
 */
final class Origins {

    private record Attempt(long turn, int attempt) {}

    private final Map<Long, StageName> turns = new HashMap<>();
    private final Map<Long, String> winners = new HashMap<>();
    private final Set<Long> parked = new HashSet<>();
    private final Set<Attempt> attempts = new HashSet<>();

    /** What is missing before this event, in words; {@code before} is the job that it meets. */
    Optional<String> missingBefore(@Nullable Job before, LoggedEvent logged) {
        JobEvent event = logged.event();
        if (before == null) {
            return event instanceof JobEvent.Submitted ? Optional.empty() : Optional.of("the job was never submitted");
        } else if (event instanceof JobEvent.Started e) {
            return unknownTurn(e.stage(), e.turn());
        } else if (event instanceof JobEvent.WhileRunning e) {
            return unknownTurn(e.stage(), e.turn()).or(() -> notTheWinner(e.turn(), logged.source()));
        } else if (event instanceof JobEvent.Requeued e) {
            return unknownTurn(e.stage(), e.turn()).or(() -> noReason(e));
        } else if (event instanceof JobEvent.JobFailed e) {
            return e.turn() < 0 || attempts.contains(new Attempt(e.turn(), e.attempt()))
                    ? Optional.empty()
                    : Optional.of("the job was never in turn " + e.turn() + " at attempt " + e.attempt());
        } else if (event instanceof JobEvent.Deleted && !before.isTerminal()) {
            return Optional.of("the job was not over");
        } else if (event instanceof JobEvent.Unknown e) {
            return Optional.of(
                    "this version does not understand it: " + Objects.requireNonNullElse(e.problem(), e.type()));
        }
        return Optional.empty();
    }

    /** The state that an event led to. */
    void counted(@Nullable Job after, LoggedEvent logged) {
        if (after == null) {
            return;
        }
        after.phase().stageTurn().ifPresent(this::remember);
        if (after.phase() instanceof Phase.Running running && logged.event() instanceof JobEvent.Started) {
            winners.putIfAbsent(running.at().turn(), logged.source());
        } else if (after.phase() instanceof Phase.Parked aside) {
            parked.add(aside.at().turn());
        }
    }

    private void remember(StageTurn at) {
        turns.put(at.turn(), at.stage());
        attempts.add(new Attempt(at.turn(), at.attempt()));
    }

    private Optional<String> unknownTurn(StageName stage, long turn) {
        return stage == turns.get(turn)
                ? Optional.empty()
                : Optional.of("the job never waited for " + stage + " in turn " + turn);
    }

    private Optional<String> notTheWinner(long turn, String source) {
        String winner = winners.get(turn);
        if (winner == null) {
            return Optional.of("nobody had started in turn " + turn);
        }
        return winner.equals(source)
                ? Optional.empty()
                : Optional.of("it is by " + source + ", and turn " + turn + " was won by " + winner);
    }

    private Optional<String> noReason(JobEvent.Requeued event) {
        if (event.reason() == RequeueReason.RETRY && !parked.contains(event.turn())) {
            return Optional.of("the job was never put aside in turn " + event.turn());
        }
        return event.reason() == RequeueReason.WORKER_LOST && !winners.containsKey(event.turn())
                ? Optional.of("nobody worked in turn " + event.turn())
                : Optional.empty();
    }
}
