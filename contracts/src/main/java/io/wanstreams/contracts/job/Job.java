package io.wanstreams.contracts.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.request.VideoRequest;
import io.wanstreams.contracts.sharing.Shared;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that is true about a job: the fold of its events.
 *
 * @param route the stages it passes, in order
 * @param completed the stages it has passed
 * @param submittedAt the broker's time of {@code job.submitted}
 * @param changedAt the broker's time of the last event that fitted
 * @param changedOffset that event's offset
 */
public record Job(
        JobId id,
        String tenant,
        JobOrigin origin,
        VideoRequest request,
        List<StageName> route,
        List<CompletedStage> completed,
        Phase phase,
        Instant submittedAt,
        Instant changedAt,
        long changedOffset) {

    private static final Shared<List<StageName>> ROUTES = new Shared<>(16);

    public Job {
        tenant = Shared.text(tenant);
        route = ROUTES.of(List.copyOf(route));
        completed = List.copyOf(completed);
    }

    /** Whether nothing more will be worked on. */
    @JsonIgnore
    public boolean isTerminal() {
        return phase instanceof Phase.Terminal || phase instanceof Phase.Deleted;
    }

    /** The reference under this name from the latest stage that made one. */
    public Optional<BundleRef> bundle(String name) {
        return newestFirst()
                .flatMap(s -> Optional.ofNullable(s.outputs().bundles().get(name)).stream())
                .findFirst();
    }

    /** The text under this name from the latest stage that made one. */
    public Optional<String> text(String name) {
        return newestFirst()
                .flatMap(s -> Optional.ofNullable(s.outputs().text().get(name)).stream())
                .findFirst();
    }

    /** The stage after this one in the route; empty after the last. */
    public Optional<StageName> stageAfter(StageName stage) {
        int next = route.indexOf(stage) + 1;
        return next < route.size() ? Optional.of(route.get(next)) : Optional.empty();
    }

    private Stream<CompletedStage> newestFirst() {
        int last = completed.size() - 1;
        return java.util.stream.IntStream.rangeClosed(0, last).mapToObj(i -> completed.get(last - i));
    }
}
