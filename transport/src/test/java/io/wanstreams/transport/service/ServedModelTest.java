package io.wanstreams.transport.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.wanstreams.contracts.job.StageName;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServedModelTest {

    @Test
    void theOnlyModelNeedsNoName() {
        Map<String, Path> one = Map.of("a", Path.of("/models/a"));
        Map<String, Path> two = Map.of("a", Path.of("/models/a"), "b", Path.of("/models/b"));

        assertThat(ServedModel.of(Optional.empty(), one, "s").name()).isEqualTo("a");
        assertThat(ServedModel.of(Optional.of("b"), two, "s").path()).isEqualTo(Path.of("/models/b"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServedModel.of(Optional.empty(), two, "wan.encoder.model"))
                .withMessageContaining("wan.encoder.model")
                .withMessageContaining("[a, b]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServedModel.of(Optional.of("c"), two, "wan.encoder.model"))
                .withMessageContaining("wan.models.c");
    }

    @Test
    void aWorkerIsCalledAfterItsProcessAndStage() {
        assertThat(WorkerName.of(Optional.of("w1"), StageName.DENOISE_HIGH)).isEqualTo("w1/denoise-high");
        assertThat(WorkerName.of(Optional.empty(), StageName.DECODE))
                .endsWith("/" + ProcessHandle.current().pid() + "/decode");
    }
}
