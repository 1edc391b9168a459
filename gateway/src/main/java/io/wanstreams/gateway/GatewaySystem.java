package io.wanstreams.gateway;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.wanstreams.contracts.request.ModelProfile;
import io.wanstreams.contracts.request.ProfileReader;
import io.wanstreams.gateway.board.Barrier;
import io.wanstreams.gateway.board.BoardFeed;
import io.wanstreams.gateway.board.JobBoard;
import io.wanstreams.gateway.board.LogClock;
import io.wanstreams.gateway.board.PreviewBoard;
import io.wanstreams.gateway.board.ProgressBoard;
import io.wanstreams.gateway.dispatch.DispatchLoop;
import io.wanstreams.gateway.dispatch.Dispatcher;
import io.wanstreams.gateway.dispatch.Election;
import io.wanstreams.gateway.dispatch.KafkaOpenTickets;
import io.wanstreams.gateway.dispatch.LogDispatchWriter;
import io.wanstreams.gateway.intake.BrokerDisk;
import io.wanstreams.gateway.intake.ImageFetch;
import io.wanstreams.gateway.intake.ImageThreads;
import io.wanstreams.gateway.intake.Lookup;
import io.wanstreams.gateway.intake.Removal;
import io.wanstreams.gateway.intake.Submissions;
import io.wanstreams.gateway.intake.SubmitSettings;
import io.wanstreams.gateway.net.OutboundHttp;
import io.wanstreams.gateway.request.RequestResolver;
import io.wanstreams.gateway.results.Announcer;
import io.wanstreams.gateway.results.ResultAnnouncer;
import io.wanstreams.gateway.results.ResultLoop;
import io.wanstreams.gateway.webhook.WebhookAnnouncer;
import io.wanstreams.gateway.webhook.WebhookConfig;
import io.wanstreams.gateway.webhook.WebhookLoop;
import io.wanstreams.gateway.webhook.WebhookSettings;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.bundle.BundleStore;
import io.wanstreams.transport.bundle.KafkaBundleStore;
import io.wanstreams.transport.log.JobHistory;
import io.wanstreams.transport.log.KafkaJobLog;
import io.wanstreams.transport.log.StageTransactions;
import io.wanstreams.transport.progress.ProgressFeed;
import io.wanstreams.transport.ticket.DeadLetters;
import io.wanstreams.transport.topic.TopicPlan;
import io.wanstreams.transport.topic.TopicProvisioner;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that lives as long as the gateway: made in order, started, and closed in the opposite order. */
@Singleton
public final class GatewaySystem {

    private static final Logger log = LoggerFactory.getLogger(GatewaySystem.class);
    private static final int BEFORE_CHANNELS = 1;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final GatewayConfig config;
    private final String id;
    private final RequestResolver resolver;
    private final KafkaClients clients;
    private final JobBoard board;
    private final LogClock clock;
    private final ProgressBoard progress;
    private final PreviewBoard previews;
    private final BoardFeed feed;
    private final ProgressFeed heartbeats;
    private final KafkaJobLog jobLog;
    private final BundleStore bundles;
    private final JobHistory history;
    private final SubmitSettings submitSettings;
    private final BrokerDisk disk;
    private final ImageFetch imageFetch;
    private final ImageThreads imageThreads;
    private final WebhookSettings webhooks;
    private final Vertx vertx;
    private final KafkaConfig kafka;

    GatewaySystem(GatewayConfig config, ModelsConfig models, KafkaConfig kafka, WebhookConfig webhooks, Vertx vertx)
            throws InterruptedException {
        this.config = config;
        this.kafka = kafka;
        this.id = config.id().orElseGet(HostName::get);
        List<ModelProfile> profiles = profiles(models.paths());
        this.resolver = new RequestResolver(profiles, Limits.of(config.request()));
        this.webhooks = WebhookSettings.of(webhooks);
        this.vertx = vertx;
        this.submitSettings = Limits.of(config.submit(), config.http(), config.tenant(), this.webhooks);
        this.clients = opened(new KafkaClients(kafka.settings()));
        provision(profiles);
        this.board = new JobBoard(config.board().jobLimit());
        this.clock = new LogClock(System::nanoTime);
        this.progress = new ProgressBoard(board, System::nanoTime);
        this.previews = new PreviewBoard(board, config.board().previewLimit());
        board.listen(progress);
        board.listen(previews);
        board.listen(clock);
        this.feed = opened(new BoardFeed(clients, board, config.board().catchUpLimit()));
        this.heartbeats = opened(new ProgressFeed(clients, progress, previews));
        this.jobLog = opened(new KafkaJobLog(clients, source()));
        this.bundles = opened(new KafkaBundleStore(clients));
        this.disk = opened(
                new BrokerDisk(clients.admin(), config.submit().diskReserve().asLongValue()));
        this.imageFetch =
                Limits.of(config.images(), opened(new OutboundHttp(vertx, Limits.imageHosts(config.images()))));
        this.imageThreads = opened(
                new ImageThreads(config.images().atOnce(), config.images().waiting()));
        this.history = opened(new JobHistory(clients));
    }

    void start(@Observes @Priority(BEFORE_CHANNELS) StartupEvent event) {
        if (config.dispatch().enabled()) {
            startDispatcher();
        }
        List<Announcer> announcers = List.of(new ResultAnnouncer(), new WebhookAnnouncer(webhooks.receivers()));
        opened(ResultLoop.member(clients, "wan.results", id, announcers)).start();
        opened(WebhookLoop.member(clients, vertx, "wan.webhooks", id, webhooks, InstantSource.system()))
                .start();
        log.atInfo()
                .addKeyValue("gateway", id)
                .addKeyValue(
                        "models",
                        resolver.models().stream().map(ModelProfile::name).toList())
                .log("Gateway started");
    }

    void stop(@Observes ShutdownEvent event) {
        while (!open.isEmpty()) {
            AutoCloseable last = open.pop();
            try {
                last.close();
            } catch (Exception e) {
                log.atWarn()
                        .addKeyValue("part", last.getClass().getSimpleName())
                        .setCause(e)
                        .log("Part did not close");
            }
        }
    }

    @Produces
    @Singleton
    RequestResolver resolver() {
        return resolver;
    }

    @Produces
    @Singleton
    JobBoard board() {
        return board;
    }

    @Produces
    @Singleton
    ProgressBoard progress() {
        return progress;
    }

    @Produces
    @Singleton
    PreviewBoard previews() {
        return previews;
    }

    @Produces
    @Singleton
    Barrier barrier() {
        return feed;
    }

    @Produces
    @Singleton
    BundleStore bundles() {
        return bundles;
    }

    @Produces
    @Singleton
    JobHistory history() {
        return history;
    }

    @Produces
    @Singleton
    Submissions submissions() {
        return new Submissions(
                resolver,
                board,
                feed,
                jobLog,
                bundles,
                submitSettings,
                new SecureRandom(),
                disk::hasRoom,
                imageFetch,
                imageThreads);
    }

    @Produces
    @Singleton
    Removal removal() {
        return new Removal(jobLog, feed, submitSettings);
    }

    @Produces
    @Singleton
    Lookup lookup() {
        return new Lookup(board, feed, submitSettings);
    }

    private void startDispatcher() {
        StageTransactions transactions =
                opened(new StageTransactions(clients, "wan-dispatcher-" + id, "/wan/dispatcher/" + id));
        KafkaOpenTickets tickets = opened(new KafkaOpenTickets(clients));
        Dispatcher dispatcher = new Dispatcher(
                board,
                progress,
                tickets,
                this::seesAndHears,
                new LogDispatchWriter(transactions, jobLog, opened(new DeadLetters(clients)), feed.topicId()),
                Limits.of(config.dispatch(), config.tenant()),
                System::nanoTime,
                clock);
        Election election = opened(new Election(kafka.settings(), "wan.dispatch"));
        DispatchLoop loop = opened(new DispatchLoop(
                dispatcher, board, election::isElected, config.dispatch().interval()));
        election.start();
        loop.start();
    }

    /** The readers look at the ends twice a second; their silence for longer is blindness. */
    private boolean seesAndHears() {
        Duration blindness = config.dispatch().blindness();
        return feed.sinceCaughtUp().compareTo(blindness) < 0
                && heartbeats.sinceCaughtUp().compareTo(blindness) < 0;
    }

    private void provision(List<ModelProfile> profiles) throws InterruptedException {
        TopicPlan.Profile profile = Limits.provision(kafka.provision());
        if (profile != null) {
            new TopicProvisioner(clients).provision(TopicPlan.of(profile, profiles));
        }
    }

    private String source() {
        return "/wan/gateway/" + id;
    }

    private static List<ModelProfile> profiles(Map<String, String> paths) {
        return paths.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> ProfileReader.read(entry.getKey(), Path.of(entry.getValue())))
                .toList();
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }
}
