package io.wanstreams.contracts.exploration;

import io.wanstreams.contracts.dispatch.Dispatch;
import io.wanstreams.contracts.dispatch.DispatchRules;
import io.wanstreams.contracts.dispatch.Observation;
import io.wanstreams.contracts.job.CompletedStage;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobFold;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.job.RecordedEvent;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.job.StageTurn;
import io.wanstreams.contracts.ticket.Ticket;
import io.wanstreams.contracts.ticket.TicketDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The rules of production, each time without one of their guards. */
enum BrokenRules implements Rules {
    COMPLETION_OF_AN_EARLIER_TURN_COUNTS {
        @Override
        public @Nullable Job fold(@Nullable Job job, RecordedEvent recorded) {
            if (job == null
                    || !(recorded.event() instanceof JobEvent.Completed event)
                    || !(job.phase() instanceof Phase.Running running)) {
                return JobFold.apply(job, recorded);
            }
            StageTurn at = running.at();
            Job after = Objects.requireNonNull(JobFold.apply(
                    job,
                    with(recorded, new JobEvent.Completed(at.stage(), at.turn(), event.outputs(), event.timings()))));
            return withLastCompleted(after, event.stage());
        }
    },

    ADMISSION_COUNTS_TWICE {
        @Override
        public @Nullable Job fold(@Nullable Job job, RecordedEvent recorded) {
            return job != null && recorded.event() instanceof JobEvent.Admitted && job.phase() instanceof Phase.AtStage
                    ? JobFold.apply(with(job, new Phase.Submitted()), recorded)
                    : JobFold.apply(job, recorded);
        }
    },

    REQUEUE_COUNTS_AFTER_THE_END {
        @Override
        public @Nullable Job fold(@Nullable Job job, RecordedEvent recorded) {
            return job != null && job.isTerminal() && recorded.event() instanceof JobEvent.Requeued event
                    ? with(job, new Phase.Waiting(new StageTurn(event.stage(), recorded.offset(), 1, null)))
                    : JobFold.apply(job, recorded);
        }
    },

    REQUEUE_KEEPS_THE_TURN {
        @Override
        public @Nullable Job fold(@Nullable Job job, RecordedEvent recorded) {
            Job after = JobFold.apply(job, recorded);
            return after != null
                            && !after.equals(job)
                            && recorded.event() instanceof JobEvent.Requeued event
                            && after.phase() instanceof Phase.Waiting waiting
                    ? with(
                            after,
                            new Phase.Waiting(new StageTurn(
                                    event.stage(), event.turn(), waiting.at().attempt(), null)))
                    : after;
        }
    },

    REQUEUE_DOES_NOT_FIT_A_RUNNING_JOB {
        @Override
        public @Nullable Job fold(@Nullable Job job, RecordedEvent recorded) {
            return job != null && job.phase() instanceof Phase.Running && recorded.event() instanceof JobEvent.Requeued
                    ? job
                    : JobFold.apply(job, recorded);
        }
    },

    NO_CLAIM_WINS {
        @Override
        public boolean isClaimed(@Nullable Job job, Ticket ticket, long startedOffset, int worker) {
            return false;
        }
    },

    TICKET_IS_ACCEPTED_BEFORE_ITS_TURN_IS_READ {
        @Override
        public TicketDecision onTicket(Ticket ticket, @Nullable Job job, long readTo) {
            return TicketDecision.of(ticket, job, Long.MAX_VALUE);
        }
    },

    STALE_TICKET_IS_KEPT {
        @Override
        public TicketDecision onTicket(Ticket ticket, @Nullable Job job, long readTo) {
            TicketDecision decision = TicketDecision.of(ticket, job, readTo);
            return decision instanceof TicketDecision.Discard ? new TicketDecision.ReadAgain() : decision;
        }
    },

    SILENT_WORKER_IS_NOT_NOTICED {
        @Override
        public Optional<Dispatch> dispatch(Job job, Observation seen) {
            return blind(job, seen, o -> new Observation(true, o.backOffOver(), false, o.ticketMissing(), false));
        }
    },

    LOST_TICKET_IS_NOT_NOTICED {
        @Override
        public Optional<Dispatch> dispatch(Job job, Observation seen) {
            return blind(job, seen, o -> new Observation(true, o.backOffOver(), o.workerSilent(), false, false));
        }
    },

    PARKED_JOB_IS_FORGOTTEN {
        @Override
        public Optional<Dispatch> dispatch(Job job, Observation seen) {
            return blind(job, seen, o -> new Observation(true, false, o.workerSilent(), o.ticketMissing(), false));
        }
    },

    ATTEMPTS_RUN_OUT_TOO_SOON {
        @Override
        public Optional<Dispatch> dispatch(Job job, Observation seen) {
            return new DispatchRules(1).decide(job, seen);
        }
    };

    private static Optional<Dispatch> blind(Job job, Observation seen, UnaryOperator<Observation> eyes) {
        return new DispatchRules(ATTEMPT_LIMIT).decide(job, eyes.apply(seen));
    }

    private static RecordedEvent with(RecordedEvent recorded, JobEvent event) {
        return new RecordedEvent(recorded.id(), recorded.offset(), recorded.time(), event);
    }

    private static Job with(Job job, Phase phase) {
        return with(job, phase, job.completed());
    }

    private static Job withLastCompleted(Job job, StageName stage) {
        List<CompletedStage> completed = new ArrayList<>(job.completed());
        CompletedStage last = completed.remove(completed.size() - 1);
        completed.add(new CompletedStage(
                stage, last.worker(), last.environment(), last.outputs(), last.timings(), last.completedAt()));
        return with(job, job.phase(), completed);
    }

    private static Job with(Job job, Phase phase, List<CompletedStage> completed) {
        return new Job(
                job.id(),
                job.tenant(),
                job.origin(),
                job.request(),
                job.route(),
                completed,
                phase,
                job.submittedAt(),
                job.changedAt(),
                job.changedOffset());
    }
}
