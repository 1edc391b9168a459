package io.wanstreams.local.chaos;

import io.wanstreams.cli.client.VideosException;
import io.wanstreams.contracts.request.ModelProfile;
import io.wanstreams.kafka.embedded.BrokerProgram;
import io.wanstreams.local.chaos.Act.Fault;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.topic.TopicPlan;
import io.wanstreams.transport.topic.TopicProvisioner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Broker, lines and services as processes. Whatever dies is started again, until the system is closed. */
final class ChaosSystem implements AutoCloseable {

    /** Told of every death, with the end of what the process printed. */
    @FunctionalInterface
    interface DeathListener {
        void died(Member member, int exitCode, String lastWords);
    }

    private static final Duration START_TIMEOUT = Duration.ofMinutes(4);
    private static final Duration RESTART_PAUSE = Duration.ofMillis(500);
    private static final long STOP_SECONDS = 20;
    private static final long LOOK_AGAIN_MILLIS = 100;
    private static final int BROKER_ATTEMPTS = 5;
    private static final String HOST = "localhost";

    private final ChaosSettings settings;
    private final ModelProfile model;
    private final List<Member> members;
    private final CrashBook book;
    private final int brokerPort = freePort();
    private final List<Integer> detours =
            IntStream.range(0, Member.LINES).mapToObj(line -> freePort()).toList();
    private final List<FaultProxy> lines;
    private final Map<String, Integer> httpPorts = new LinkedHashMap<>();
    private final Map<String, ChaosProcess> services = new LinkedHashMap<>();
    private final Map<String, Integer> deaths = new LinkedHashMap<>();
    private final ScheduledExecutorService restarts = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "chaos-restarts");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable ChaosProcess broker;
    private DeathListener deathListener = (member, code, words) -> {};
    private int brokerStarts;
    private boolean closed;

    ChaosSystem(ChaosSettings settings, ModelProfile model, CrashBook book) {
        this.settings = settings;
        this.model = model;
        this.members = Member.of(model.route());
        this.book = book;
        this.lines = detours.stream().map(port -> new FaultProxy(0, port)).toList();
        members.forEach(member -> httpPorts.put(member.name(), freePort()));
    }

    /** Where a client of our own reaches the broker past all faults. */
    String bootstrapServers() {
        return HOST + ":" + brokerPort;
    }

    List<Member> members() {
        return members;
    }

    List<URI> gateways() {
        return members.stream()
                .filter(Member::isGateway)
                .map(gateway -> URI.create("http://" + HOST + ":" + httpPorts.get(gateway.name())))
                .toList();
    }

    /** Starts broker, topics and services, and waits until all are ready. */
    void start(DeathListener listener) throws InterruptedException, IOException {
        deathListener = listener;
        Files.createDirectories(settings.data().resolve("logs"));
        startBroker();
        try (KafkaClients clients = new KafkaClients(io.wanstreams.transport.KafkaSettings.of(bootstrapServers()))) {
            new TopicProvisioner(clients).provision(TopicPlan.of(TopicPlan.Profile.LOCAL, List.of(model)));
        }
        members.forEach(this::launch);
        awaitReady();
    }

    /** Waits until every process says that it is ready. */
    void awaitReady() throws InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        long began = System.nanoTime();
        for (Member member : members) {
            while (!isReady(http, member)) {
                if (System.nanoTime() - began > START_TIMEOUT.toNanos()) {
                    throw new VideosException(member.name() + " is not ready after " + START_TIMEOUT.toSeconds()
                            + " s; see " + log(member.name()));
                }
                Thread.sleep(LOOK_AGAIN_MILLIS);
            }
        }
    }

    /** Starts the broker and waits until it answers; on a machine that is too busy it may take more than one attempt. */
    void startBroker() throws InterruptedException {
        for (int attempt = 1; attempt <= BROKER_ATTEMPTS; attempt++) {
            ChaosProcess started;
            synchronized (this) {
                if (closed) {
                    return;
                }
                started = ChaosProcess.start(brokerCommand(), log("broker-" + ++brokerStarts));
                broker = started;
            }
            if (isUp(started)) {
                return;
            }
            started.kill();
        }
        throw new VideosException("The broker does not start; see " + log("broker-" + brokerStarts));
    }

    private static boolean isUp(ChaosProcess broker) throws InterruptedException {
        long began = System.nanoTime();
        while (broker.isAlive() && System.nanoTime() - began < START_TIMEOUT.toNanos()) {
            if (broker.tail().lines().anyMatch(BrokerProgram.READY::equals)) {
                return true;
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
        return false;
    }

    private List<String> brokerCommand() {
        List<String> command = new ArrayList<>(java("256m"));
        command.addAll(List.of(
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                settings.root().resolve("local/target/wan-runner.jar").toString(),
                BrokerProgram.class.getName(),
                settings.data().resolve("kafka").toString(),
                Integer.toString(brokerPort)));
        for (int line = 0; line < lines.size(); line++) {
            command.add(detours.get(line) + ":" + lines.get(line).port());
        }
        return command;
    }

    void stopBroker(boolean killed) throws InterruptedException {
        ChaosProcess running;
        synchronized (this) {
            running = broker;
        }
        if (running != null) {
            if (killed) {
                running.kill();
            } else {
                running.stop();
            }
            running.awaitEnd(STOP_SECONDS);
        }
    }

    /** The process of a member; it may have just died. */
    synchronized ChaosProcess process(String member) {
        ChaosProcess process = services.get(member);
        if (process == null) {
            throw new IllegalArgumentException("No process is called " + member);
        }
        return process;
    }

    void disturb(int line, @Nullable Fault fault) {
        lines.get(line).set(fault);
    }

    /** How often each process has died so far. */
    synchronized Map<String, Integer> deaths() {
        return new LinkedHashMap<>(deaths);
    }

    /** Ends everything; an interrupted caller gets all killed. Does nothing the second time. */
    @Override
    public void close() {
        List<ChaosProcess> all;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            all = new ArrayList<>(services.values());
        }
        restarts.shutdownNow();
        try {
            all.forEach(ChaosProcess::wake);
            all.forEach(ChaosProcess::stop);
            for (ChaosProcess process : all) {
                process.awaitEnd(STOP_SECONDS);
            }
            stopBroker(false);
        } catch (InterruptedException e) {
            all.forEach(ChaosProcess::kill);
            Thread.currentThread().interrupt();
        } finally {
            lines.forEach(FaultProxy::close);
        }
    }

    private synchronized void launch(Member member) {
        if (closed) {
            return;
        }
        ChaosProcess process = ChaosProcess.start(command(member), log(member.name()));
        services.put(member.name(), process);
        CompletableFuture<Void> unused = process.ended().thenAccept(code -> ended(member, process, code));
    }

    private void ended(Member member, ChaosProcess process, int exitCode) {
        synchronized (this) {
            if (closed) {
                return;
            }
            deaths.merge(member.name(), 1, Integer::sum);
        }
        deathListener.died(member, exitCode, process.tail());
        Future<?> unused = restarts.schedule(() -> launch(member), RESTART_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private List<String> command(Member member) {
        List<String> command = new ArrayList<>(java("256m"));
        Map<String, String> values = new LinkedHashMap<>();
        values.put(
                "kafka.bootstrap.servers", HOST + ":" + lines.get(member.line()).port());
        values.put("wan.topics.provision", "none");
        values.put("wan.models." + model.name(), settings.model().toString());
        values.put("wan.worker.id", member.name());
        values.put("wan.gateway.id", member.name());
        values.put("wan.denoise.checkpoint.every-steps", Integer.toString(ChaosSettings.CHECKPOINT_STEPS));
        values.put("wan.device.shared", "true");
        values.put("wan.threads", "1");
        values.put("quarkus.http.host", HOST);
        values.put("quarkus.http.port", String.valueOf(httpPorts.get(member.name())));
        if (member.stage() != null && member.stage().isDenoise()) {
            values.put("wan.denoise.stages", member.stage().toString());
        }
        String plan = book.planOf(member);
        if (!plan.isEmpty()) {
            values.put(io.wanstreams.transport.crash.CrashPoint.PROPERTY, plan);
        }
        values.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add("-jar");
        command.add(settings.root()
                .resolve(module(member) + "/target/quarkus-app/quarkus-run.jar")
                .toString());
        return command;
    }

    private static String module(Member member) {
        if (member.stage() == null) {
            return "gateway";
        }
        return switch (member.stage()) {
            case PROMPT -> "prompt-service";
            case ENCODE -> "encoder-service";
            case DENOISE_HIGH, DENOISE_LOW, DENOISE -> "denoise-service";
            case DECODE -> "decoder-service";
        };
    }

    private static List<String> java(String heap) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto");
    }

    private Path log(String name) {
        return settings.data().resolve("logs").resolve(name + ".log");
    }

    private boolean isReady(HttpClient http, Member member) throws InterruptedException {
        URI look = URI.create("http://" + HOST + ":" + httpPorts.get(member.name()) + "/q/health/ready");
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(look).timeout(Duration.ofSeconds(2)).build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
