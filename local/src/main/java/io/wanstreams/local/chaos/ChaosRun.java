package io.wanstreams.local.chaos;

import io.wanstreams.cli.client.VideosException;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.request.ModelProfile;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.KafkaSettings;
import io.wanstreams.transport.bundle.BundleStore;
import io.wanstreams.transport.bundle.KafkaBundleStore;
import io.wanstreams.transport.crash.CrashPoint;
import io.wanstreams.transport.verify.Expectations;
import io.wanstreams.transport.verify.JobVerifier;
import io.wanstreams.transport.verify.Verdict;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One run: faults by the schedule, the crash points that are left, quiet, a look at everything. */
final class ChaosRun {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final Duration SWEEP_ROUND = Duration.ofMinutes(2);

    private final ChaosSettings settings;
    private final ModelProfile model;
    private final Schedule schedule;
    private final CrashBook book;
    private final Measures measures = new Measures();
    private final List<String> complaints = new ArrayList<>();
    private final PrintStream out;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "chaos-act");
        thread.setDaemon(true);
        return thread;
    });

    ChaosRun(ChaosSettings settings, ModelProfile model, PrintStream out) {
        this.settings = settings;
        this.model = model;
        this.schedule = Schedule.of(settings.seed(), settings.length(), settings.jobs(), model.route());
        this.book = new CrashBook(schedule);
        this.out = out;
    }

    /** Does everything and prints what came of it; whether all is well. */
    boolean run() throws InterruptedException, IOException {
        try (ChaosSystem system = new ChaosSystem(settings, model, book)) {
            Runtime.getRuntime().addShutdownHook(new Thread(system::close, "chaos-stop"));
            Death death = new Death();
            system.start(death);
            try (KafkaClients clients = new KafkaClients(KafkaSettings.of(system.bootstrapServers()));
                    Watch watch = new Watch(clients, measures);
                    ChaosClient client = new ChaosClient(system.gateways(), model, clients)) {
                death.watch = watch;
                out.println("All processes are up, faults begin");
                play(system, watch, client);
                out.println("Faults are over, crash points left: " + book.missing());
                sweep(client);
                quiet(watch, client);
                Verdict verdict = verify(clients);
                return new ChaosReport(
                                settings, model, book, measures, system.deaths(), verdict, problems(verdict, client))
                        .print(out);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Counts deaths at crash points and tells the watch of every death. */
    private final class Death implements ChaosSystem.DeathListener {

        private volatile @Nullable Watch watch;

        @Override
        public void died(Member member, int exitCode, String lastWords) {
            if (exitCode == CrashPoint.EXIT_CODE) {
                book.hit(lastWords);
                gone(watch, member, Kind.WORKER_KILLED);
            }
        }
    }

    private static void gone(@Nullable Watch watch, Member member, Kind kind) {
        if (watch != null) {
            if (member.isGateway()) {
                watch.gatewayGone(member);
            } else {
                watch.workerGone(member, kind);
            }
        }
    }

    private void play(ChaosSystem system, Watch watch, ChaosClient client) throws InterruptedException {
        long began = System.nanoTime();
        List<Future<?>> running = new ArrayList<>();
        for (Act act : schedule.acts()) {
            sleepUntil(began, act.at());
            running.add(threads.submit(() -> {
                perform(act, system, watch, client);
                return null;
            }));
        }
        sleepUntil(began, settings.length());
        for (Future<?> act : running) {
            await(act);
        }
    }

    private void perform(Act act, ChaosSystem system, Watch watch, ChaosClient client) throws InterruptedException {
        if (act instanceof Act.Submit submit) {
            client.submit(schedule.jobs().get(submit.job()));
        } else if (act instanceof Act.Repeat repeat) {
            client.submit(schedule.jobs().get(repeat.job()));
        } else if (act instanceof Act.Cancel cancel) {
            client.cancel(schedule.jobs().get(cancel.job()));
        } else if (act instanceof Act.Kill kill) {
            gone(watch, member(system, kill.member()), Kind.WORKER_KILLED);
            system.process(kill.member()).kill();
        } else if (act instanceof Act.Stop stop) {
            gone(watch, member(system, stop.member()), Kind.WORKER_STOPS);
            system.process(stop.member()).stop();
        } else if (act instanceof Act.Hang hang) {
            hang(system.process(hang.member()), member(system, hang.member()), hang.length(), watch);
        } else if (act instanceof Act.StopBroker broker) {
            watch.brokerGone(broker.away());
            system.stopBroker(broker.killed());
            Thread.sleep(broker.away().toMillis());
            system.startBroker();
        } else if (act instanceof Act.Disturb disturb) {
            watch.disturbed(disturb.length());
            system.disturb(disturb.line(), disturb.fault());
            Thread.sleep(disturb.length().toMillis());
            system.disturb(disturb.line(), null);
        }
    }

    private static void hang(ChaosProcess process, Member member, Duration length, Watch watch)
            throws InterruptedException {
        gone(watch, member, Kind.WORKER_HANGS);
        process.freeze();
        Thread.sleep(length.toMillis());
        process.wake();
    }

    /** Jobs of their own for the crash points that the schedule's jobs have missed. */
    private void sweep(ChaosClient client) throws InterruptedException {
        for (List<PlannedJob> round : schedule.sweeps()) {
            for (PlannedJob job : book.needed(round)) {
                client.submit(job);
            }
            awaitUntil(() -> book.missing().isEmpty(), SWEEP_ROUND);
        }
    }

    private void quiet(Watch watch, ChaosClient client) throws InterruptedException {
        long began = System.nanoTime();
        boolean over = awaitUntil(
                () -> watch.notOver(client.promised()).isEmpty()
                        && watch.notOver().isEmpty(),
                settings.quiet());
        out.println("Quiet after " + Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s"
                + (over ? "" : ", and not all jobs are over: " + watch.notOver()));
    }

    private Verdict verify(KafkaClients clients) throws InterruptedException {
        try (BundleStore bundles = new KafkaBundleStore(clients)) {
            return new JobVerifier(clients, bundles)
                    .verify(Expectations.none()
                            .withPoisoned(book.poisonings().keySet(), Set.of())
                            .withPatience(Duration.ofSeconds(60)));
        }
    }

    private List<String> problems(Verdict verdict, ChaosClient client) {
        List<String> problems = new ArrayList<>(client.complaints());
        synchronized (complaints) {
            problems.addAll(complaints);
        }
        Set<JobId> lost = new HashSet<>(client.promised());
        lost.removeAll(verdict.jobs().keySet());
        lost.forEach(job -> problems.add("job " + job + " was promised, and the log does not know it"));
        return problems;
    }

    private void await(Future<?> act) throws InterruptedException {
        try {
            act.get(settings.quiet().toSeconds(), TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            synchronized (complaints) {
                complaints.add("the harness itself failed: " + (e.getCause() == null ? e : e.getCause()));
            }
        }
    }

    private static Member member(ChaosSystem system, String name) {
        return system.members().stream()
                .filter(member -> member.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new VideosException("No process is called " + name));
    }

    private static boolean awaitUntil(BooleanSupplier condition, Duration limit) throws InterruptedException {
        long began = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - began > limit.toNanos()) {
                return false;
            }
            Thread.sleep(LOOK_AGAIN.toMillis());
        }
        return true;
    }

    private static void sleepUntil(long began, Duration at) throws InterruptedException {
        long left = at.toMillis() - (System.nanoTime() - began) / 1_000_000;
        if (left > 0) {
            Thread.sleep(left);
        }
    }
}
