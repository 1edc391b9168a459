package io.wanstreams.kafka.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {

    @TempDir
    Path directory;

    @Test
    void keepsRecordsOverARestartAndHandsOutTickets() throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(BrokerSettings.in(directory))) {
            Clients.createTopic(broker, "kept");
            Clients.send(broker, "kept", "one", "two");
            assertThat(Clients.read(broker, "kept")).containsExactly("one", "two");
        }
        try (EmbeddedKafka again = EmbeddedKafka.start(BrokerSettings.in(directory))) {
            assertThat(Clients.read(again, "kept")).containsExactly("one", "two");
            assertThat(leaseAll(again, "kept", 2)).containsExactly("one", "two");
            assertThatThrownBy(() -> Clients.send(again, "never-made", "lost"))
                    .as("topics are never made by accident")
                    .hasMessageContaining("never-made not present");
        }
    }

    @Test
    void survivesKillAndKeepsOthersOutMeanwhile() throws Exception {
        try (BrokerProcess process = BrokerProcess.start(directory)) {
            assertThat(process.firstLine()).isEqualTo("ready");
            assertThatThrownBy(() -> EmbeddedKafka.start(BrokerSettings.in(directory)))
                    .isInstanceOf(EmbeddedKafkaException.class)
                    .hasMessageContaining("is in use by process " + process.pid())
                    .hasMessageContaining(directory.toString());
            process.kill();
        }
        try (EmbeddedKafka broker = EmbeddedKafka.start(BrokerSettings.in(directory))) {
            assertThat(Clients.read(broker, "kept")).containsExactly("one", "two");
        }
    }

    @Test
    void refusesASecondBrokerOfThisJvmAndATakenPort(@TempDir Path other) throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(BrokerSettings.in(directory))) {
            assertThatThrownBy(() -> EmbeddedKafka.start(BrokerSettings.in(directory)))
                    .isInstanceOf(EmbeddedKafkaException.class)
                    .hasMessageContaining(
                            "is in use by process " + ProcessHandle.current().pid());
            int port = Integer.parseInt(broker.bootstrapServers().split(":")[1]);
            assertThatThrownBy(
                            () -> EmbeddedKafka.start(BrokerSettings.in(other).withPort(port)))
                    .isInstanceOf(EmbeddedKafkaException.class)
                    .hasMessageContaining("Port " + port + " on localhost is taken");
        }
    }

    @Test
    void tellsItsOwnerInsteadOfEndingTheJvm() {
        List<String> heard = new ArrayList<>();
        BrokerSettings settings = BrokerSettings.in(directory).withOnFailure(heard::add);
        try (EmbeddedKafka broker = EmbeddedKafka.start(settings)) {
            assertThat(broker.bootstrapServers()).startsWith("localhost:");
            assertThatThrownBy(() -> Exit.halt(1, "all log directories failed"))
                    .isInstanceOf(EmbeddedKafkaException.class);
        }
        assertThat(heard)
                .singleElement()
                .asString()
                .contains("stopped for good (status 1, all log directories failed)");
    }

    @Test
    void usesTheGivenPort() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            port = socket.getLocalPort();
        }
        try (EmbeddedKafka broker =
                EmbeddedKafka.start(BrokerSettings.in(directory).withPort(port))) {
            assertThat(broker.bootstrapServers()).isEqualTo("localhost:" + port);
            Clients.createTopic(broker, "reachable");
        }
    }

    private static List<String> leaseAll(EmbeddedKafka broker, String topic, int count) throws Exception {
        String group = topic + "-group";
        Clients.startShareGroupAtEarliest(broker, group);
        List<String> values = new ArrayList<>();
        try (KafkaShareConsumer<byte[], byte[]> consumer = new KafkaShareConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "group.id", group),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> values.add(new String(record.value(), StandardCharsets.UTF_8)));
                return values.size() >= count;
            });
        }
        return values;
    }
}
