package io.wanstreams.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.gateway.Jobs;
import io.wanstreams.gateway.board.BoardJob;
import io.wanstreams.gateway.board.JobBoard;
import io.wanstreams.gateway.board.PreviewBoard;
import io.wanstreams.gateway.board.ProgressBoard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EventStreamTest {

    private static final int BUFFER = 8;
    private static final Duration SOON = Duration.ofSeconds(10);

    private final JobBoard board = new JobBoard(100);
    private final Jobs jobs = new Jobs(board);
    private final ProgressBoard progress = new ProgressBoard(board, System::nanoTime);
    private final List<Job> facts = new ArrayList<>();
    private final PreviewBoard previews = new PreviewBoard(board, 10);
    private final EventHub hub = new EventHub(board, progress, previews, new VideoViews(progress));

    EventStreamTest() {
        board.listen(job -> facts.add(job.job()));
    }

    @Test
    void fiveHundredHearEveryFactInOrderAndASlowOneAmongThemIsSentAway() {
        EventStream stream = new EventStream(board, hub, (now, offset) -> List.of(), BUFFER);
        JobId id = jobs.submit();
        List<AssertSubscriber<EventStream.Event>> quick = IntStream.range(0, 499)
                .mapToObj(i -> listen(stream, id, Long.MAX_VALUE))
                .toList();
        AssertSubscriber<EventStream.Event> slow = listen(stream, id, 1);

        play(id);

        List<String> places =
                facts.stream().map(job -> "0:" + job.changedOffset()).toList();
        assertThat(places).hasSizeGreaterThan(BUFFER + 1);
        assertThat(quick).allSatisfy(one -> {
            assertThat(places(one.assertCompleted().getItems())).isEqualTo(places);
            assertThat(one.getItems()).extracting(EventStream.Event::name).endsWith("video.completed");
        });
        slow.request(Long.MAX_VALUE).assertCompleted();
        assertThat(places(slow.getItems()))
                .as("what it had not read up to the bound, in order; then it may come again")
                .isEqualTo(places.subList(0, BUFFER + 1));
    }

    @Test
    void aSlowListenerGetsNoStaleProgress() {
        EventStream stream = new EventStream(board, hub, (now, offset) -> List.of(), BUFFER);
        JobId id = jobs.submit();
        long turn = jobs.admit(id);
        jobs.start(id, StageName.PROMPT, turn, "w");
        AssertSubscriber<EventStream.Event> slow = listen(stream, id, 1);

        for (int step = 0; step < 100; step++) {
            progress.onHeartbeat(Jobs.beat(id, StageName.PROMPT, turn, "w", step, 100));
        }
        slow.request(1);
        progress.onHeartbeat(Jobs.beat(id, StageName.PROMPT, turn, "w", 100, 100));

        assertThat(slow.getItems())
                .extracting(EventStream.Event::name)
                .containsExactly("video.stage", "video.progress");
        assertThat(slow.getItems().get(1).data())
                .as("the newest when it asked for more")
                .contains("\"step\":99");
    }

    /** Both kinds, of each the newest, in the order in which they came. */
    @Test
    void previewsDoNotDriveProgressOutNorTheOtherWayRound() {
        EventStream stream = new EventStream(board, hub, (now, offset) -> List.of(), BUFFER);
        JobId id = jobs.submit();
        long turn = jobs.admit(id);
        jobs.start(id, StageName.PROMPT, turn, "w");
        AssertSubscriber<EventStream.Event> slow = listen(stream, id, 1);

        for (int step = 1; step <= 5; step++) {
            progress.onHeartbeat(Jobs.beat(id, StageName.PROMPT, turn, "w", step, 5));
            previews.onPreview(Jobs.preview(id, StageName.PROMPT, turn, step, 5));
        }
        slow.request(2);
        hub.keepAlive();

        assertThat(slow.getItems())
                .extracting(EventStream.Event::name)
                .containsExactly("video.stage", "video.progress", "video.preview");
        assertThat(slow.getItems().get(1).data()).contains("\"step\":5");
        assertThat(slow.getItems().get(2).data()).contains("\"step\":5", "data:image/jpeg;base64,/9gF");
        assertThat(slow.getItems().get(2).id()).isEmpty();
    }

    @Test
    void aConnectionWithNothingToSayIsKeptAlive() {
        EventStream stream = new EventStream(board, hub, (now, offset) -> List.of(), BUFFER);
        AssertSubscriber<EventStream.Event> listener = listen(stream, jobs.submit(), Long.MAX_VALUE);

        hub.keepAlive();

        assertThat(listener.getItems()).endsWith(EventStream.Event.KEEP_ALIVE);
    }

    @Test
    void whoComesBackHearsEveryFactSinceOnceThoughSomeComeWhileThePastIsRead() {
        JobId id = jobs.submit();
        long turn = jobs.admit(id);
        long last = jobs.start(id, StageName.PROMPT, turn, "w");
        long next = jobs.complete(id, StageName.PROMPT, turn);
        EventStream stream = new EventStream(
                board,
                hub,
                (now, offset) -> {
                    List<Job> past = since(offset);
                    jobs.start(id, StageName.ENCODE, next, "w");
                    return past;
                },
                BUFFER);

        AssertSubscriber<EventStream.Event> back = stream.of(id, OptionalLong.of(last))
                .subscribe()
                .withSubscriber(AssertSubscriber.create(Long.MAX_VALUE))
                .awaitItems(2, SOON);
        jobs.apply(id, new JobEvent.Cancelled("client"));
        back.awaitCompletion(SOON);

        assertThat(places(back.getItems()))
                .isEqualTo(since(last).stream()
                        .map(job -> "0:" + job.changedOffset())
                        .toList());
        assertThat(back.getItems()).extracting(EventStream.Event::name).endsWith("video.failed");
    }

    @Test
    void aPlaceIsReadOnlyWhereItIsOneOfThisJob() {
        jobs.submit();
        BoardJob job = board.find(jobs.submit()).orElseThrow();

        assertThat(LastEventId.offset("0:1", job)).hasValue(1);
        assertThat(LastEventId.offset("0:0", job)).as("before the job").isEmpty();
        assertThat(LastEventId.offset("1:5", job)).as("of another partition").isEmpty();
        assertThat(LastEventId.offset("0:-1", job)).isEmpty();
        assertThat(LastEventId.offset("0:99999999999999999999", job)).isEmpty();
        assertThat(LastEventId.offset(null, job)).isEmpty();
        assertThat(LastEventId.isEnd(OptionalLong.of(1), job))
                .as("still to come")
                .isFalse();
    }

    private List<Job> since(long offset) {
        return facts.stream().filter(job -> job.changedOffset() > offset).toList();
    }

    private void play(JobId id) {
        long turn = jobs.admit(id);
        for (StageName stage : StageName.TWO_EXPERTS) {
            turn = jobs.pass(id, stage, turn);
        }
    }

    private static AssertSubscriber<EventStream.Event> listen(EventStream stream, JobId id, long requested) {
        return stream.of(id, OptionalLong.empty()).subscribe().withSubscriber(AssertSubscriber.create(requested));
    }

    private static List<String> places(List<EventStream.Event> events) {
        return events.stream()
                .map(EventStream.Event::id)
                .filter(id -> !id.isEmpty())
                .toList();
    }
}
