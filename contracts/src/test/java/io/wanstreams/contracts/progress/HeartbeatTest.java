package io.wanstreams.contracts.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.contracts.job.Jobs;
import io.wanstreams.contracts.json.ContractJson;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    private static Heartbeat heartbeat(double rate) {
        return new Heartbeat(Jobs.ID, Jobs.STAGE, Jobs.TURN, Jobs.WORKER, 3, 20, rate);
    }

    @Test
    void isReadableTextThatReadsBack() {
        byte[] json = ContractJson.write(heartbeat(1.5));
        assertThat(new String(json, StandardCharsets.UTF_8))
                .isEqualTo("{\"job\":\"01890a5d-ac96-774b-bcce-b302099a8057\",\"stage\":\"denoise\",\"turn\":20,"
                        + "\"worker\":\"host/denoise/1\",\"step\":3,\"of\":20,\"steps_per_second\":1.5}");
        assertThat(ContractJson.read(json, Heartbeat.class)).isEqualTo(heartbeat(1.5));
    }

    @Test
    void aRateOverNoTimeIsUnknown() {
        assertThat(heartbeat(3 / 0.0).stepsPerSecond()).isZero();
        assertThat(heartbeat(0 / 0.0).stepsPerSecond()).isZero();
    }
}
