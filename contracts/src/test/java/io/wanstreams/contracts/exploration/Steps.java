package io.wanstreams.contracts.exploration;

import io.wanstreams.contracts.dispatch.Dispatch;
import io.wanstreams.contracts.dispatch.Observation;
import io.wanstreams.contracts.exploration.LogEntry.Kind;
import io.wanstreams.contracts.exploration.Worker.Place;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.job.StageTurn;
import io.wanstreams.contracts.ticket.Ticket;
import io.wanstreams.contracts.ticket.TicketDecision;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can happen next: whatever two workers, a dispatcher, a client and bad luck can do. */
final class Steps {

    /** Receives what can happen. */
    interface Sink {
        /** @param isFault whether it takes bad luck, or a client's wish, for this to happen */
        void accept(String name, boolean isFault, State next);
    }

    private static final int LAG_LIMIT_EVENTS = 2;
    private static final Observation FALSE_ALARM = new Observation(false, false, true, true, false);

    private final Rules rules;
    private final Logs logs;

    Steps(Rules rules, Logs logs) {
        this.rules = rules;
        this.logs = logs;
    }

    void forEach(State state, Sink sink) {
        for (int i = 0; i < 2; i++) {
            ofWorker(state, i, sink);
        }
        ofDispatcher(state, sink);
        if (state.faults() > 0) {
            ticketsLost(state, sink);
        }
        if (!state.cancelled() && !isTerminal(job(state))) {
            sink.accept(
                    "cancel", true, append(state, LogEntry.of(Kind.CANCELLED)).withCancelled());
        }
    }

    Job job(State state) {
        Job job = logs.job(state.log());
        if (job == null) {
            throw new IllegalStateException("every explored log begins with the submission");
        }
        return job;
    }

    static boolean isTerminal(Job job) {
        return job.phase() instanceof Phase.Terminal;
    }

    private State append(State state, LogEntry entry) {
        int log = logs.append(state.log(), entry);
        int open = state.open();
        if (entry.ticketStage() >= 0) {
            open |= 1 << logs.tickets(state.log()).size();
        }
        return state.withLog(log, open);
    }

    private void ofWorker(State state, int i, Sink sink) {
        Worker worker = state.worker(i);
        switch (worker.place()) {
            case IDLE -> lease(state, i, sink);
            case HOLDS -> decide(state, i, worker, sink);
            case APPENDS -> appendStarted(state, i, worker, sink);
            case CHECKS -> check(state, i, worker, sink);
            case WORKS -> work(state, i, worker, sink);
        }
        if (!worker.isAt(Place.IDLE) && state.faults() > 0) {
            sink.accept("crash", true, state.with(i, Worker.IDLE).withFault());
        }
    }

    private void lease(State state, int i, Sink sink) {
        for (int t = 0; t < tickets(state).size(); t++) {
            State leased = state.with(i, new Worker(Place.HOLDS, t, 0));
            if (state.isOpen(t) && !isLeased(state, t)) {
                sink.accept("lease", false, leased);
            } else if (state.isOpen(t) && state.faults() > 0) {
                sink.accept("lease expires, leased again", true, leased.withFault());
            }
        }
    }

    private void decide(State state, int i, Worker worker, Sink sink) {
        Ticket ticket = tickets(state).get(worker.ticket());
        int length = logs.length(state.log());
        for (int read = Math.max(0, length - LAG_LIMIT_EVENTS); read <= length; read++) {
            TicketDecision decision = rules.onTicket(ticket, logs.job(state.log(), read), read);
            if (decision instanceof TicketDecision.Start) {
                sink.accept("decide to start", false, state.with(i, new Worker(Place.APPENDS, worker.ticket(), 0)));
            } else if (decision instanceof TicketDecision.Discard) {
                sink.accept("accept stale", false, state.with(i, Worker.IDLE).closed(worker.ticket()));
            }
        }
    }

    private void appendStarted(State state, int i, Worker worker, Sink sink) {
        Worker checks = new Worker(Place.CHECKS, worker.ticket(), logs.length(state.log()));
        sink.accept(
                "append started",
                false,
                append(state, entry(Kind.STARTED, state, worker, i)).with(i, checks));
    }

    private void check(State state, int i, Worker worker, Sink sink) {
        Ticket ticket = tickets(state).get(worker.ticket());
        Job read = logs.job(state.log(), worker.started() + 1);
        boolean won = rules.isClaimed(read, ticket, worker.started(), i);
        Worker next = won ? new Worker(Place.WORKS, worker.ticket(), worker.started()) : Worker.IDLE;
        sink.accept(won ? "claim" : "lose the race", false, state.with(i, next).closed(worker.ticket()));
    }

    private void work(State state, int i, Worker worker, Sink sink) {
        State idle = state.with(i, Worker.IDLE);
        sink.accept("complete", false, append(idle, entry(Kind.COMPLETED, state, worker, i)));
        Ticket ticket = tickets(state).get(worker.ticket());
        if (!rules.isClaimed(job(state), ticket, worker.started(), i)) {
            sink.accept("notice", false, idle);
        }
        if (state.faults() > 0) {
            sink.accept(
                    "error",
                    true,
                    append(idle, entry(Kind.FAILED, state, worker, i)).withFault());
            sink.accept(
                    "orderly stop",
                    true,
                    append(idle, entry(Kind.YIELDED, state, worker, i)).withFault());
        }
    }

    private LogEntry entry(Kind kind, State state, Worker worker, int i) {
        Ticket ticket = tickets(state).get(worker.ticket());
        return new LogEntry(kind, LogEntry.ROUTE.indexOf(ticket.stage()), (int) ticket.turn(), 0, i + 1);
    }

    private void ofDispatcher(State state, Sink sink) {
        if (state.decided() != 0) {
            LogEntry entry = LogEntry.unpack(state.decided());
            sink.accept("dispatcher writes", false, append(state, entry).withDecided(0));
            if (state.faults() > 0 && !state.doubled()) {
                sink.accept(
                        "a second dispatcher writes the same",
                        true,
                        append(state, entry).withDoubled().withFault());
            }
            return;
        }
        Job job = job(state);
        decided(job, observed(state, job))
                .ifPresent(packed -> sink.accept("dispatcher decides", false, state.withDecided(packed)));
        if (state.faults() > 0) {
            falseAlarms(state, sink);
        }
    }

    private void falseAlarms(State state, Sink sink) {
        for (int read = 1; read <= logs.length(state.log()); read++) {
            @Nullable Job old = logs.job(state.log(), read);
            if (old != null && (old.phase() instanceof Phase.Running || old.phase() instanceof Phase.Waiting)) {
                decided(old, FALSE_ALARM)
                        .ifPresent(packed -> sink.accept(
                                "false alarm", true, state.withDecided(packed).withFault()));
            }
        }
    }

    /** What a dispatcher sees that waits long enough and reads the whole log. */
    private Observation observed(State state, Job job) {
        boolean silent = true;
        boolean missing = state.open() == 0;
        for (int i = 0; i < 2; i++) {
            Worker worker = state.worker(i);
            silent &= !worker.isAt(Place.CHECKS) && !(worker.isAt(Place.WORKS) && isAbout(job, state, worker));
            missing &= !worker.isAt(Place.APPENDS) && !worker.isAt(Place.CHECKS);
        }
        return new Observation(true, true, silent, missing, false);
    }

    private boolean isAbout(Job job, State state, Worker worker) {
        Ticket ticket = tickets(state).get(worker.ticket());
        return job.phase() instanceof Phase.AtStage s && s.at().is(ticket.stage(), ticket.turn());
    }

    private Optional<Integer> decided(Job job, Observation seen) {
        return rules.dispatch(job, seen).map(dispatch -> entry(dispatch, job).pack());
    }

    private static LogEntry entry(Dispatch dispatch, Job job) {
        if (dispatch instanceof Dispatch.Admit) {
            return LogEntry.of(Kind.ADMITTED);
        }
        StageTurn at = job.phase().stageTurn().orElseThrow();
        int stage = LogEntry.ROUTE.indexOf(at.stage());
        if (dispatch instanceof Dispatch.Requeue requeue) {
            return new LogEntry(Kind.REQUEUED, stage, (int) requeue.turn(), at.attempt(), 0);
        }
        Dispatch.GiveUp giveUp = (Dispatch.GiveUp) dispatch;
        return new LogEntry(Kind.JOB_FAILED, stage, (int) giveUp.turn(), giveUp.attempt(), 0);
    }

    private void ticketsLost(State state, Sink sink) {
        for (int t = 0; t < tickets(state).size(); t++) {
            if (state.isOpen(t) && !isLeased(state, t)) {
                sink.accept("ticket lost", true, state.closed(t).withFault());
            }
        }
    }

    private static boolean isLeased(State state, int ticket) {
        return state.first().leases(ticket) || state.second().leases(ticket);
    }

    private List<Ticket> tickets(State state) {
        return logs.tickets(state.log());
    }
}
