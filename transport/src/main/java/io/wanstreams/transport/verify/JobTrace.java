package io.wanstreams.transport.verify;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobFold;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.job.StageOutputs;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One job, followed event by event. */
final class JobTrace {

    /** Where a bundle begins; enough to know it again. */
    record Place(String topic, int partition, long firstOffset) {

        static Place of(BundleRef ref) {
            return new Place(ref.topic(), ref.partition(), ref.firstOffset());
        }
    }

    private final JobId id;
    private final Findings findings;
    private final Origins origins = new Origins();
    private final TableFold second = new TableFold();
    private final Set<Place> mentioned = new HashSet<>();
    private final Map<StageName, Integer> lostRuns = new EnumMap<>(StageName.class);
    private @Nullable Job job;
    private @Nullable String ending;
    private boolean disagreed;

    JobTrace(JobId id, Findings findings) {
        this.id = id;
        this.findings = findings;
    }

    /** The next event of this job. */
    void after(LoggedEvent logged) {
        origins.missingBefore(job, logged)
                .ifPresent(missing -> findings.add(Rule.NO_GAP, id, logged.name() + ": " + missing));
        mention(logged.event());
        Job before = job;
        job = JobFold.apply(before, logged.recorded());
        second.apply(logged.type(), logged.data(), logged.offset());
        countRuns(before, job);
        if (job != null && job.phase() instanceof Phase.Terminal terminal) {
            ending = terminal.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
        }
        origins.counted(job, logged);
        compare(logged);
    }

    JobId id() {
        return id;
    }

    /** The job at the end of the log; empty when it was never submitted. */
    Optional<Job> job() {
        return Optional.ofNullable(job);
    }

    /** {@code completed}, {@code failed} or {@code cancelled}, also of a job that was deleted later; empty when it never ended. */
    Optional<String> ending() {
        return Optional.ofNullable(ending);
    }

    /** Every bundle that any event of the job names, whether the event counted or not. */
    Set<Place> mentioned() {
        return mentioned;
    }

    /** How many runs of a stage were begun and did not end with a result that counts. */
    int lostRuns(StageName stage) {
        return lostRuns.getOrDefault(stage, 0);
    }

    /** How the job stands now. */
    Outcome outcome() {
        String phase = Outline.of(job).phase();
        String failure = job != null && job.phase() instanceof Phase.Failed failed
                ? failed.error().code().toString()
                : null;
        BundleRef video = job != null && job.phase() instanceof Phase.Completed
                ? job.bundle(StageOutputs.VIDEO).orElse(null)
                : null;
        return new Outcome(phase, failure, video);
    }

    /** Holds the job against the rules about its end and its stages. */
    void judge(Expectations expectations) {
        if (job == null) {
            return;
        }
        findings.looked(Rule.JOBS_OVER, 1);
        objectionToEnd(job, expectations).ifPresent(text -> findings.add(Rule.JOBS_OVER, id, text));
        findings.looked(Rule.STAGES_ONCE, 1);
        List<StageName> done =
                job.completed().stream().map(stage -> stage.stage()).toList();
        boolean whole = !"completed".equals(ending) || done.equals(job.route());
        if (!whole
                || done.size() > job.route().size()
                || !done.equals(job.route().subList(0, done.size()))) {
            findings.add(Rule.STAGES_ONCE, id, "counted stages " + done + " of the route " + job.route());
        }
    }

    private Optional<String> objectionToEnd(Job ended, Expectations expectations) {
        boolean poisoned = expectations.poisoned().contains(id);
        if (!ended.isTerminal()) {
            return Optional.of("is not over but " + Outline.of(ended));
        } else if (ended.phase() instanceof Phase.Failed failed) {
            FailureCode code = failed.error().code();
            boolean known = poisoned || code == FailureCode.DEADLINE_EXCEEDED || expectations.isPoisonous(code);
            return known ? Optional.empty() : Optional.of("failed with " + code + ", and nothing was wrong with it");
        }
        return poisoned && ended.phase() instanceof Phase.Completed
                ? Optional.of("completed although it is poisoned")
                : Optional.empty();
    }

    private void countRuns(@Nullable Job before, @Nullable Job after) {
        if (before == null || after == null || !(before.phase() instanceof Phase.Running running)) {
            return;
        }
        boolean goesOn = after.phase() instanceof Phase.Running;
        boolean counted = after.completed().size() > before.completed().size();
        if (!goesOn && !counted) {
            lostRuns.merge(running.at().stage(), 1, Integer::sum);
        }
    }

    private void mention(JobEvent event) {
        Stream<BundleRef> refs = Stream.empty();
        if (event instanceof JobEvent.Completed e) {
            refs = e.outputs().bundles().values().stream();
        } else if (event instanceof JobEvent.Checkpointed e) {
            refs = Stream.of(e.bundle());
        } else if (event instanceof JobEvent.Submitted e) {
            refs = Stream.ofNullable(e.request().denoise().noise());
        }
        refs.map(Place::of).forEach(mentioned::add);
    }

    private void compare(LoggedEvent logged) {
        findings.looked(Rule.FOLDS_AGREE, 1);
        Outline first = Outline.of(job);
        if (!disagreed && !Objects.equals(first, second.outline())) {
            // Once is enough: what follows differs too.
            disagreed = true;
            findings.add(
                    Rule.FOLDS_AGREE,
                    id,
                    "after " + logged.name() + " the production fold says " + first + ", the table "
                            + second.outline());
        }
    }
}
