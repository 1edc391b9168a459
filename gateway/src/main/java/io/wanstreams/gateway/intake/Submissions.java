package io.wanstreams.gateway.intake;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobFold;
import io.wanstreams.contracts.job.RecordedEvent;
import io.wanstreams.contracts.request.VideoRequest;
import io.wanstreams.gateway.board.Barrier;
import io.wanstreams.gateway.board.BoardJob;
import io.wanstreams.gateway.board.JobBoard;
import io.wanstreams.gateway.request.Attachments;
import io.wanstreams.gateway.request.Refusal;
import io.wanstreams.gateway.request.RefusedException;
import io.wanstreams.gateway.request.RequestResolver;
import io.wanstreams.transport.bundle.BundleStore;
import io.wanstreams.transport.bundle.BundleUnavailableException;
import io.wanstreams.transport.crash.CrashPoint;
import io.wanstreams.transport.log.JobLog;
import io.wanstreams.transport.log.LogPosition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From an order to a job in the log: what it gives back will survive a crash. Asked again under the same name, the same job. */
public final class Submissions {

    private static final Logger log = LoggerFactory.getLogger(Submissions.class);

    /** Seeds that torch's CPU generator tells apart. */
    private static final long SEEDS = 1L << 32;

    private final RequestResolver resolver;
    private final JobBoard board;
    private final Barrier barrier;
    private final JobLog jobLog;
    private final Preparation preparation;
    private final Executor threads;
    private final SubmitSettings settings;
    private final RandomGenerator random;
    private final BooleanSupplier hasRoom;

    /** Fetches no images, and has room always. */
    public Submissions(
            RequestResolver resolver,
            JobBoard board,
            Barrier barrier,
            JobLog jobLog,
            BundleStore bundles,
            SubmitSettings settings,
            RandomGenerator random) {
        this(resolver, board, barrier, jobLog, bundles, settings, random, () -> true);
    }

    /** Fetches no images. */
    Submissions(
            RequestResolver resolver,
            JobBoard board,
            Barrier barrier,
            JobLog jobLog,
            BundleStore bundles,
            SubmitSettings settings,
            RandomGenerator random,
            BooleanSupplier hasRoom) {
        this(
                resolver,
                board,
                barrier,
                jobLog,
                bundles,
                settings,
                random,
                hasRoom,
                ImageFetch.nothing(),
                Infrastructure.getDefaultWorkerPool());
    }

    /**
     * Submits to this log.
     *
     * @param hasRoom whether the broker's disks have room for more jobs
     * @param fetch gets images that requests name
     * @param threads where files and images are received
     */
    public Submissions(
            RequestResolver resolver,
            JobBoard board,
            Barrier barrier,
            JobLog jobLog,
            BundleStore bundles,
            SubmitSettings settings,
            RandomGenerator random,
            BooleanSupplier hasRoom,
            ImageFetch fetch,
            Executor threads) {
        this.hasRoom = hasRoom;
        this.resolver = resolver;
        this.board = board;
        this.barrier = barrier;
        this.jobLog = jobLog;
        this.preparation = new Preparation(resolver, bundles, settings, fetch);
        this.threads = threads;
        this.settings = settings;
        this.random = random;
    }

    /**
     * Submits; gives the first job where several videos are asked for. Fails with a {@link RefusedException} when the order
     * is not valid, with an {@link IntakeException} when it cannot be taken.
     */
    public Uni<BoardJob> submit(Order order) {
        return Uni.createFrom().deferred(() -> {
            int count = order.wish() instanceof Wish.Fresh fresh ? count(fresh) : 1;
            Order called = called(order);
            return submit(called.first(count), count)
                    .chain(first -> submitVariants(called, first, count).replaceWith(first));
        });
    }

    private Uni<BoardJob> submit(Order order, int count) {
        Optional<BoardJob> known = known(order);
        if (known.isPresent()) {
            return Uni.createFrom().item(known.get());
        }
        if (!hasRoom.getAsBoolean()) {
            throw new IntakeException.DiskFull(settings.retryAfter());
        }
        if (board.liveCount() + count > settings.queueLimit()) {
            throw new IntakeException.QueueFull(settings.queueLimit(), settings.retryAfter());
        }
        settings.tenant().check(board, order.tenant(), count, 0, settings.retryAfter());
        return order.wish() instanceof Wish.Fresh fresh
                ? submitFresh(order, fresh)
                : append(order, ((Wish.Derived) order.wish()).request());
    }

    /** With the callback that a new request names. */
    private Order called(Order order) {
        if (!(order.wish() instanceof Wish.Fresh fresh)) {
            return order;
        }
        String url = fresh.draft().callbackUrl();
        settings.callbacks().check(url);
        return order.calling(url);
    }

    private int count(Wish.Fresh fresh) {
        int count = resolver.count(fresh.draft());
        if (count > 1 && fresh.uploads().file(Uploads.NOISE).isPresent()) {
            throw new RefusedException(new Refusal(
                    "n", Refusal.UNSUPPORTED, "The same noise gives the same video; n is 1 where noise is given."));
        }
        return count;
    }

    private Uni<BoardJob> submitFresh(Order order, Wish.Fresh fresh) {
        long seed = random.nextLong(SEEDS);
        return Preparation.isNeeded(fresh)
                ? prepare(order, fresh, seed).chain(request -> append(order, request))
                : append(order, resolver.resolve(fresh.draft(), seed, Attachments.NONE));
    }

    /** Never on the thread that asks: there are headers to read, hosts to wait for, and bundles to write. */
    private Uni<VideoRequest> prepare(Order order, Wish.Fresh fresh, long seed) {
        return Uni.createFrom()
                .item(() -> prepareNow(order, fresh, seed))
                .runSubscriptionOn(threads)
                .onFailure(RejectedExecutionException.class)
                .transform(error -> new IntakeException.Overloaded(settings.retryAfter()));
    }

    private VideoRequest prepareNow(Order order, Wish.Fresh fresh, long seed) {
        try {
            return preparation.prepare(
                    order.id(),
                    fresh,
                    seed,
                    bytes -> settings.tenant().check(board, order.tenant(), 0, bytes, settings.retryAfter()));
        } catch (BundleUnavailableException e) {
            log.atWarn()
                    .addKeyValue("jobId", order.id())
                    .addKeyValue("error", e.getMessage())
                    .log("Upload not stored");
            throw new IntakeException.Unavailable(true, settings.retryAfter());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IntakeException.Unavailable(true, settings.retryAfter());
        }
    }

    /** A retry finds some of them already there, and makes those that are missing. */
    private Uni<List<BoardJob>> submitVariants(Order order, BoardJob first, int count) {
        List<Uni<BoardJob>> others = IntStream.rangeClosed(2, count)
                .mapToObj(number -> order.variant(first.job().request(), number, count))
                .map(variant -> known(variant)
                        .map(job -> Uni.createFrom().item(job))
                        .orElseGet(() -> append(variant, ((Wish.Derived) variant.wish()).request())))
                .toList();
        return others.isEmpty()
                ? Uni.createFrom().item(List.of())
                : Uni.join().all(others).andFailFast();
    }

    private Optional<BoardJob> known(Order order) {
        if (!order.isNamed()) {
            return Optional.empty();
        }
        if (board.isGone(order.id())) {
            throw new IntakeException.KeyConflict("The job of this Idempotency-Key has been deleted; use another key.");
        }
        return board.find(order.id()).map(job -> sameOrder(order, job));
    }

    private static BoardJob sameOrder(Order order, BoardJob job) {
        if (!job.job().origin().requestDigest().equals(order.origin().requestDigest())) {
            throw new IntakeException.KeyConflict(
                    "This Idempotency-Key came with another request before; use another key for another request.");
        }
        return job;
    }

    private Uni<BoardJob> append(Order order, VideoRequest request) {
        JobEvent.Submitted event = new JobEvent.Submitted(
                request, resolver.model(request.model()).route(), order.tenant(), order.origin());
        return Uni.createFrom()
                .completionStage(() -> {
                    CrashPoint.BEFORE_SUBMIT.reached(order.id());
                    return jobLog.append(order.id(), event)
                            .orTimeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
                })
                .invoke(place -> CrashPoint.AFTER_SUBMIT.reached(order.id()))
                .onFailure()
                .transform(error -> unavailable(order, error))
                .chain(place -> order.isNamed()
                        ? asRead(order, place)
                        : Uni.createFrom().item(fresh(order, event, place)));
    }

    /** Whose submission counted is only known from the log. */
    private Uni<BoardJob> asRead(Order order, LogPosition place) {
        return Uni.createFrom()
                .completionStage(() -> barrier.awaitPast(place))
                .onFailure()
                .transform(error -> unavailable(order, error))
                .map(read -> known(order)
                        .orElseThrow(() -> unavailable(order, new IllegalStateException("not on the board"))));
    }

    /** An id that nobody else can have: the event counts. */
    private static BoardJob fresh(Order order, JobEvent.Submitted event, LogPosition place) {
        Job job = JobFold.apply(null, new RecordedEvent(order.id(), place.offset(), place.time(), event));
        return new BoardJob(place.partition(), place.offset(), Objects.requireNonNull(job));
    }

    private IntakeException.Unavailable unavailable(Order order, Throwable error) {
        log.atWarn()
                .addKeyValue("jobId", order.id())
                .addKeyValue("error", error.toString())
                .log("Submission not acknowledged");
        return new IntakeException.Unavailable(order.isNamed(), settings.retryAfter());
    }
}
