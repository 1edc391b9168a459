package io.wanstreams.local.chaos;

import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobFold;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.job.RecordedEvent;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.job.StageTurn;
import io.wanstreams.contracts.progress.Heartbeat;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.PartitionFeed;
import io.wanstreams.transport.Topic;
import io.wanstreams.transport.log.JobRecords;
import io.wanstreams.transport.progress.ProgressFeed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Follows log and heartbeats past all faults, and measures on one clock how long interrupted work lies still. */
final class Watch implements AutoCloseable {

    private static final String DISPATCHER = "/wan/dispatcher/";

    /** A broker that is back, or a new dispatcher, takes this long until all is as before. */
    private static final Duration AFTERMATH = Duration.ofSeconds(20);

    /** So long before a death no checkpoint may have been in trouble, for the loss to be this death's own. */
    private static final Duration CHECKPOINT_TIME = Duration.ofSeconds(20);

    /** A run that was interrupted. */
    private record Interrupted(Kind kind, StageName stage, long turn, int done, long atNanos) {}

    private final Measures measures;
    private final PartitionFeed log;
    private final ProgressFeed progress;
    private final Map<JobId, Job> jobs = new HashMap<>();
    private final Map<JobId, Heartbeat> beats = new HashMap<>();
    private final Map<JobId, Interrupted> interrupted = new HashMap<>();
    private final Map<Kind, Long> awaited = new EnumMap<>(Kind.class);
    private final Troubles troubles = new Troubles();
    private final Map<StageName, Long> lastDeaths = new EnumMap<>(StageName.class);
    private String dispatcher = "";

    Watch(KafkaClients clients, Measures measures) {
        this.measures = measures;
        this.log = PartitionFeed.fromBeginning(
                Topic.of(clients.admin(), Topics.JOBS), clients.followConsumer("chaos-watch"), this::event, () -> true);
        this.progress = new ProgressFeed(clients, this::beat);
    }

    /** A worker is gone, or as good as gone: whatever it worked on is interrupted from now on. */
    synchronized void workerGone(Member member, Kind kind) {
        long now = System.nanoTime();
        if (member.stage() != null) {
            lastDeaths.put(member.stage(), now);
        }
        jobs.forEach((id, job) -> {
            if (job.phase() instanceof Phase.Running running && running.worker().startsWith(member.name() + "/")) {
                interrupted.putIfAbsent(
                        id,
                        new Interrupted(
                                kind,
                                running.at().stage(),
                                running.at().turn(),
                                job.completed().size(),
                                now));
            }
        });
    }

    /** The broker is gone: the next event of any job ends the interruption. */
    synchronized void brokerGone(Duration away) {
        troubles.now(away.plus(AFTERMATH));
        if (jobs.values().stream().anyMatch(job -> !job.isTerminal())) {
            awaited.putIfAbsent(Kind.BROKER_RESTARTED, System.nanoTime());
        }
    }

    /** A gateway is gone: if it was the dispatcher and there is something to dispatch, the next dispatch ends the interruption. */
    synchronized void gatewayGone(Member member) {
        if (dispatcher.equals(member.name())) {
            troubles.now(AFTERMATH);
        }
        boolean waiting = jobs.values().stream()
                .anyMatch(job -> job.phase() instanceof Phase.Submitted || job.phase() instanceof Phase.Parked);
        if (dispatcher.equals(member.name()) && waiting) {
            awaited.putIfAbsent(Kind.DISPATCHER_KILLED, System.nanoTime());
        }
    }

    /** The network is in trouble for so long. */
    void disturbed(Duration length) {
        troubles.now(length.plus(AFTERMATH));
    }

    /** Which of these are not over. */
    synchronized List<JobId> notOver(Collection<JobId> ids) {
        return ids.stream()
                .filter(id -> {
                    Job job = jobs.get(id);
                    return job == null || !job.isTerminal();
                })
                .toList();
    }

    /** Which jobs of the log are not over. */
    synchronized List<JobId> notOver() {
        return notOver(List.copyOf(jobs.keySet()));
    }

    @Override
    public void close() {
        log.close();
        progress.close();
    }

    private synchronized void beat(Heartbeat heartbeat) {
        beats.put(heartbeat.job(), heartbeat);
    }

    private void event(ConsumerRecord<String, byte[]> message) {
        JobRecords.decode(message).ifPresent(event -> event(event, source(message)));
    }

    private synchronized void event(RecordedEvent event, String source) {
        Job before = jobs.get(event.id());
        Job after = JobFold.apply(before, event);
        if (after == null) {
            return;
        }
        jobs.put(event.id(), after);
        end(Kind.BROKER_RESTARTED);
        if (source.startsWith(DISPATCHER)) {
            dispatcher = source.substring(DISPATCHER.length());
            end(Kind.DISPATCHER_KILLED);
        }
        Interrupted run = interrupted.get(event.id());
        if (run != null && before != null) {
            follow(run, before, after);
        }
    }

    private void follow(Interrupted run, Job before, Job after) {
        boolean wentOn = after.completed().size() > run.done() || after.isTerminal();
        if (wentOn) {
            // It had come to its end in spite of the fault, or nobody wants it any more.
            interrupted.remove(after.id());
            return;
        }
        if (before.phase() instanceof Phase.Running running
                && running.at().turn() == run.turn()
                && !(after.phase() instanceof Phase.Running)
                && run.kind() != Kind.WORKER_STOPS) {
            countLost(before, running, run.atNanos());
        }
        if (after.phase() instanceof Phase.Running running && running.at().turn() != run.turn()) {
            // Another worker of its stage that died since made it wait longer.
            boolean last = lastDeaths.getOrDefault(run.stage(), run.atNanos()) <= run.atNanos();
            resumed(run.kind(), run.atNanos(), last);
            interrupted.remove(after.id());
        }
    }

    private void end(Kind kind) {
        Long since = awaited.remove(kind);
        if (since != null) {
            resumed(kind, since, true);
        }
    }

    private void resumed(Kind kind, long since, boolean last) {
        long now = System.nanoTime();
        boolean alone = last && troubles.noneBetween(since, now);
        measures.resumed(kind, new Measures.Resumption(Duration.ofNanos(now - since), alone));
    }

    /** Steps that were done since the last checkpoint. A checkpoint counts the whole plan's steps, a heartbeat those of its stage. */
    private void countLost(Job job, Phase.Running running, long diedAtNanos) {
        Heartbeat beat = beats.get(job.id());
        StageTurn at = running.at();
        if (!at.stage().isDenoise() || beat == null || beat.turn() != at.turn() || beat.of() == 0) {
            return;
        }
        int before =
                at.stage() == StageName.DENOISE_LOW ? job.request().denoise().numInferenceSteps() - beat.of() : 0;
        int saved = at.checkpoint() == null ? 0 : at.checkpoint().step() - before;
        boolean alone = troubles.noneBetween(diedAtNanos - CHECKPOINT_TIME.toNanos(), diedAtNanos);
        measures.lost(new Measures.Loss(Math.max(0, beat.step() - saved), alone));
    }

    private static String source(ConsumerRecord<String, byte[]> message) {
        Header source = message.headers().lastHeader("ce_source");
        return source == null ? "" : new String(source.value(), StandardCharsets.UTF_8);
    }
}
