package io.wanstreams.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.kafka.embedded.SharedBroker;
import io.wanstreams.tensors.Safetensors;
import io.wanstreams.tensors.SafetensorsFile;
import io.wanstreams.tensors.SafetensorsLimits;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.KafkaSettings;
import io.wanstreams.transport.bundle.KafkaBundleStore;
import io.wanstreams.transport.testing.LoggedJob;
import io.wanstreams.transport.testing.TestJobs;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(BrokerResource.class)
class EncoderServiceIT {

    @Inject
    EncoderLifecycle lifecycle;

    @Test
    void aTicketBecomesTheReferencesEmbeddings() throws Exception {
        await().atMost(Duration.ofSeconds(90)).until(lifecycle::isReady);
        try (KafkaClients clients = new KafkaClients(KafkaSettings.of(SharedBroker.bootstrapServers()));
                KafkaBundleStore bundles = new KafkaBundleStore(clients);
                LoggedJob logged =
                        new LoggedJob(clients, TestJobs.request(BrokerResource.MODEL), StageName.TWO_EXPERTS)) {
            logged.admit()
                    .pass(
                            StageName.PROMPT,
                            StageOutputs.ofText(
                                    Map.of(StageOutputs.PROMPT, TestJobs.PROMPT, StageOutputs.NEGATIVE_PROMPT, "")));

            await().atMost(Duration.ofSeconds(90)).until(() -> logged.waitsFor(StageName.DENOISE_HIGH));

            Job job = logged.job();
            assertThat(job.completed().get(1).worker()).endsWith("/encode");
            assertThat(job.completed().get(1).environment()).containsEntry("device", "cpu");
            Safetensors conditioning =
                    bundles.readTensors(job.bundle(StageOutputs.CONDITIONING).orElseThrow());
            float[] expected = reference("prompt_embeds");
            float[] found = conditioning.tensor("text.positive").toFloats();
            assertThat(relativeError(found, expected)).isLessThan(1e-5);
            assertThat(conditioning.tensor("text.negative").shape().dim(0)).isEqualTo(1);
        }
    }

    /** From inference/src/test/golden, made by Diffusers; its README says how. */
    private static float[] reference(String tensor) throws Exception {
        Path file = BrokerResource.checkpoint().resolveSibling("t2v-32x48x9.safetensors");
        return SafetensorsFile.open(file, SafetensorsLimits.CHECKPOINT)
                .tensor(tensor)
                .toFloats();
    }

    private static double relativeError(float[] found, float[] expected) {
        assertThat(found).hasSameSizeAs(expected);
        double difference = 0;
        double length = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(found[i] - expected[i], 2);
            length += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / length);
    }
}
