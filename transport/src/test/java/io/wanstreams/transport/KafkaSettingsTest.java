package io.wanstreams.transport;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KafkaSettingsTest {

    @Test
    void wantsServers() {
        assertThatThrownBy(() -> KafkaSettings.of(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kafka.bootstrap.servers");
    }
}
