package io.wanstreams.contracts.exploration;

import io.wanstreams.contracts.exploration.LogEntry.Kind;
import io.wanstreams.contracts.job.CompletedStage;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.ticket.Ticket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks through every state that some number of faults can lead to, and looks at each. */
final class Exploration {

    /**
     * What was found.
     *
     * @param states how many states there are, when nothing was wrong
     * @param violation what was wrong first and how it came to that, or null
     */
    record Result(int states, @Nullable String violation) {}

    /** No sound run writes more, so one that does goes round in circles; and numbers stay small enough to pack. */
    private static final int LOG_LIMIT_EVENTS = 10;

    private static final int LOG_LIMIT_EVENTS_PER_FAULT = 5;

    private final Logs logs;
    private final Steps steps;
    private final States states = new States();
    private final int faults;
    private @Nullable String problem;
    private boolean isAtRest;

    private Exploration(Rules rules, int faults) {
        this.logs = new Logs(rules);
        this.steps = new Steps(rules, logs);
        this.faults = faults;
    }

    static Result of(Rules rules, int faults, boolean withCancellation) {
        return new Exploration(rules, faults).run(withCancellation);
    }

    private Result run(boolean withCancellation) {
        int log = logs.append(Logs.EMPTY, LogEntry.of(Kind.SUBMITTED));
        states.add(new State(log, 0, Worker.IDLE, Worker.IDLE, 0, false, faults, !withCancellation), -1);
        for (int index = 0; index < states.size(); index++) {
            visit(index);
            if (problem != null) {
                return new Result(states.size(), problem + trail(index));
            }
        }
        return new Result(states.size(), null);
    }

    private void visit(int index) {
        State state = states.get(index);
        Job job = steps.job(state);
        check(state, job);
        isAtRest = true;
        steps.forEach(state, (name, isFault, next) -> {
            isAtRest &= isFault;
            if (Steps.isTerminal(job) && !steps.job(next).phase().equals(job.phase())) {
                problem = "left a terminal state";
            }
            states.add(next, index);
        });
        if (isAtRest) {
            checkAtRest(state, job);
        }
    }

    private void check(State state, Job job) {
        List<CompletedStage> done = job.completed();
        if (done.stream().map(CompletedStage::stage).distinct().count() != done.size()) {
            problem = "a stage counted twice";
        }
        if (job.phase() instanceof Phase.Completed && done.size() != job.route().size()) {
            problem = "completed without all its stages";
        }
        if (openTicketsOfTurn(state, job) > 1) {
            problem = "two open tickets with the job's turn";
        }
        if (logs.length(state.log()) > LOG_LIMIT_EVENTS + faults * LOG_LIMIT_EVENTS_PER_FAULT) {
            problem = "no end";
        }
    }

    private int openTicketsOfTurn(State state, Job job) {
        int count = 0;
        List<Ticket> tickets = logs.tickets(state.log());
        for (int t = 0; t < tickets.size(); t++) {
            Ticket ticket = tickets.get(t);
            if (state.isOpen(t)
                    && job.phase() instanceof Phase.AtStage s
                    && !(s instanceof Phase.Parked)
                    && s.at().is(ticket.stage(), ticket.turn())) {
                count++;
            }
        }
        return count;
    }

    private void checkAtRest(State state, Job job) {
        Phase phase = job.phase();
        boolean isGood = phase instanceof Phase.Completed
                || (phase instanceof Phase.Failed && faults >= Rules.ATTEMPT_LIMIT)
                || (phase instanceof Phase.Cancelled && state.cancelled());
        if (!isGood || state.open() != 0) {
            problem = "at rest, but " + phase + ", open tickets " + state.open();
        }
    }

    /** How it came to this: the shortest way there. */
    private String trail(int last) {
        Deque<String> names = new ArrayDeque<>();
        for (int index = last; states.from(index) >= 0; index = states.from(index)) {
            names.addFirst(nameOfStep(states.from(index), states.get(index)));
        }
        return ": " + String.join(" > ", names);
    }

    private String nameOfStep(int from, State to) {
        List<String> names = new ArrayList<>();
        steps.forEach(states.get(from), (name, isFault, next) -> {
            if (next.equals(to)) {
                names.add(name);
            }
        });
        return names.get(0);
    }
}
