package io.wanstreams.gateway.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wanstreams.kafka.embedded.SharedBroker;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.KafkaSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BrokerDiskIT {

    @Test
    void asksTheBrokerHowMuchRoomIsLeft() {
        try (KafkaClients clients = new KafkaClients(KafkaSettings.of(SharedBroker.bootstrapServers()));
                BrokerDisk enough = new BrokerDisk(clients.admin(), 1);
                BrokerDisk never = new BrokerDisk(clients.admin(), Long.MAX_VALUE)) {
            await().atMost(Duration.ofSeconds(20)).until(() -> !never.hasRoom());

            assertThat(enough.hasRoom()).isTrue();
        }
    }

    @Test
    void doesNotLookWhereThatIsNotWanted() {
        try (KafkaClients clients = new KafkaClients(KafkaSettings.of(SharedBroker.bootstrapServers()));
                BrokerDisk disk = new BrokerDisk(clients.admin(), 0)) {
            assertThat(disk.hasRoom()).isTrue();
        }
    }
}
