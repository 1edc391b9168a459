package io.wanstreams.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import io.wanstreams.contracts.json.ContractJson;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.gateway.net.AddressRange;
import io.wanstreams.gateway.request.Profiles;
import io.wanstreams.gateway.results.GroupMember;
import io.wanstreams.kafka.embedded.SharedBroker;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.KafkaSettings;
import io.wanstreams.transport.topic.TopicPlan;
import io.wanstreams.transport.topic.TopicProvisioner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries over Kafka and HTTP, in simulated time. */
final class WebhooksIT {

    private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
    private static final List<Duration> RETRIES = List.of(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofHours(24));

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Call(Instant at, String id, String timestamp, String signature, byte[] body) {}

    private final KafkaClients clients = new KafkaClients(KafkaSettings.of(SharedBroker.bootstrapServers()));
    private final Producer<String, byte[]> producer = clients.eventProducer("test");
    private final Vertx vertx = Vertx.vertx();
    private final String receiver = SharedBroker.uniqueName("receiver");
    private final String group = SharedBroker.uniqueName("webhooks");
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();
    private HttpServer server;
    private volatile boolean down;
    private volatile Duration ahead = Duration.ZERO;

    @BeforeEach
    void open() throws Exception {
        new TopicProvisioner(clients).provision(TopicPlan.of(TopicPlan.Profile.LOCAL, List.of(Profiles.A14B)));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
        producer.close();
        clients.close();
        vertx.close();
    }

    @Test
    @Tag("slow")
    void whatAReceiverMissedInAnHourComesSignedAndInOrderThoughGatewaysCameAndWent() throws Exception {
        down = true;
        for (int job = 0; job < 5; job++) {
            queue("job-" + job, "evt_" + job + "_1", "video.progress");
        }
        GroupMember gateway = gateway();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> refused.get() >= 5);
        for (int job = 0; job < 5; job++) {
            queue("job-" + job, "evt_" + job + "_2", "video.completed");
        }
        for (int restart = 1; restart <= 4; restart++) {
            Duration until = Duration.ofMinutes(15L * restart);
            gateway.close();
            gateway = gateway();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                ahead = ahead.plus(Duration.ofMinutes(1));
                return ahead.compareTo(until) >= 0;
            });
        }
        assertThat(refused.get()).as("tried again meanwhile").isGreaterThan(10);
        assertThat(calls).isEmpty();

        down = false;
        gateway.close();
        assertThat(ahead).isGreaterThanOrEqualTo(Duration.ofHours(1));
        gateway = gateway();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            ahead = ahead.plus(Duration.ofMinutes(1));
            return calls.size() >= 5;
        });
        gateway.close();
        GroupMember next = gateway();
        queue("job-0", "evt_0_3", "video.failed");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> types("job-0").contains("video.failed"));
        next.close();

        for (int job = 0; job < 5; job++) {
            assertThat(types("job-" + job).get(0))
                    .as("stale progress was dropped")
                    .isEqualTo("video.completed");
        }
        assertThat(types("job-0").stream().distinct()).containsExactly("video.completed", "video.failed");
        assertThat(calls).allSatisfy(this::isSigned);
        assertThat(calls.stream().map(Call::id).distinct())
                .as("at least once each")
                .hasSize(6);
    }

    @Test
    @Tag("slow")
    void whatIsRefusedToTheEndBecomesADeadLetter() throws Exception {
        down = true;
        queue("job-9", "evt_9_1", "video.completed");
        GroupMember gateway = gateway();
        for (int attempt = 1; attempt <= RETRIES.size() + 1; attempt++) {
            int so = attempt;
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                ahead = ahead.plus(Duration.ofHours(1));
                return refused.get() >= so;
            });
        }

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> reasons().stream()
                        .anyMatch(reason -> reason.contains(receiver) && reason.contains("8 attempts: status 503")));
        gateway.close();
    }

    /** `./wan test --all` installs it into .wan/sdk. */
    @Test
    @Tag("foreign")
    void theOfficialPythonSdkVerifiesADelivery(@TempDir Path folder) throws Exception {
        queue("job-7", "evt_7_1", "video.completed");
        GroupMember gateway = gateway();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !calls.isEmpty());
        gateway.close();
        Call call = calls.get(0);
        Path file = folder.resolve("delivery.json");
        Map<String, Object> delivery = Map.of(
                "secret",
                SECRET,
                "headers",
                Map.of(
                        "webhook-id", call.id(),
                        "webhook-timestamp", call.timestamp(),
                        "webhook-signature", call.signature()),
                "body",
                Base64.getEncoder().encodeToString(call.body()));
        Files.write(file, ContractJson.mapper().writeValueAsBytes(delivery));

        Process python = new ProcessBuilder(
                        Path.of("../.wan/sdk/python/bin/python")
                                .toAbsolutePath()
                                .normalize()
                                .toString(),
                        Path.of("src/test/resources/sdk/webhook.py").toString(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(python.waitFor()).as(said).isZero();
        assertThat(said).isEqualToIgnoringNewLines("job-7");
    }

    @Test
    void anAddressThatIsNotPublicIsNeverCalled() throws Exception {
        queue("job-8", "evt_8_1", "video.completed");

        GroupMember gateway = member(List.of());

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> reasons().stream()
                        .anyMatch(reason -> reason.contains(receiver) && reason.contains("not public")));
        gateway.close();
        assertThat(calls).isEmpty();
        assertThat(refused).hasValue(0);
    }

    private GroupMember gateway() {
        return member(List.of(AddressRange.parse("127.0.0.0/8")));
    }

    private GroupMember member(List<AddressRange> allowed) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
        Receiver to = new Receiver(receiver, url, WebhookSecret.parse("s", SECRET), Set.of("video.completed"), null);
        WebhookSettings settings =
                new WebhookSettings(List.of(to), null, RETRIES, Duration.ofSeconds(5), 64, 8, 1000, true, allowed);
        GroupMember member = WebhookLoop.member(
                clients, vertx, group, "gateway", settings, () -> Instant.now().plus(ahead));
        member.start();
        return member;
    }

    private void queue(String job, String event, String type) throws Exception {
        byte[] body = ContractJson.write(new WebhookEvent(event, "event", type, 1, new WebhookEvent.Data(job, null)));
        DeliveryRecord line =
                new DeliveryRecord.Queued(event, receiver, null, type, new String(body, StandardCharsets.UTF_8));
        producer.send(WebhookAnnouncer.record(job, line)).get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (down) {
            refused.incrementAndGet();
            exchange.sendResponseHeaders(503, -1);
        } else {
            calls.add(new Call(
                    Instant.now().plus(ahead),
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                    exchange.getRequestHeaders().getFirst("webhook-signature"),
                    body));
            exchange.sendResponseHeaders(204, -1);
        }
        exchange.close();
    }

    /** As a receiver verifies: Standard Webhooks, "Verifying signatures". */
    private void isSigned(Call call) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
        mac.update((call.id() + "." + call.timestamp() + ".").getBytes(StandardCharsets.UTF_8));
        String expected = Base64.getEncoder().encodeToString(mac.doFinal(call.body()));
        assertThat(call.signature().split(" ")).contains("v1," + expected);
        long age = call.at().getEpochSecond() - Long.parseLong(call.timestamp());
        assertThat(age).isBetween(-300L, 300L);
    }

    private List<String> types(String job) {
        return calls.stream()
                .map(call -> json(call.body()))
                .filter(event -> event.path("data").path("id").asText().equals(job))
                .map(event -> event.path("type").asText())
                .toList();
    }

    private static JsonNode json(byte[] body) {
        try {
            return ContractJson.mapper().readTree(body);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<String> reasons() {
        try (Consumer<String, byte[]> consumer = clients.barrierConsumer("test")) {
            TopicPartition partition = new TopicPartition(Topics.DEAD_LETTERS, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            List<String> found = new java.util.ArrayList<>();
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(message -> found.add(new String(
                                message.headers()
                                        .lastHeader("dead-letter-reason")
                                        .value(),
                                StandardCharsets.UTF_8)));
            }
            return found;
        }
    }
}
