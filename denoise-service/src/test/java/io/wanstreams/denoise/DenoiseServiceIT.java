package io.wanstreams.denoise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.CompletedStage;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.kafka.embedded.SharedBroker;
import io.wanstreams.tensors.SafetensorsFile;
import io.wanstreams.tensors.SafetensorsLimits;
import io.wanstreams.tensors.Tensor;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.KafkaSettings;
import io.wanstreams.transport.bundle.KafkaBundleStore;
import io.wanstreams.transport.testing.LoggedJob;
import io.wanstreams.transport.testing.TestJobs;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The reference's case t2v-32x48x9 (inference/src/test/golden) through both experts, over a real broker. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
class DenoiseServiceIT {

    @Inject
    DenoiseLifecycle lifecycle;

    @Test
    void ticketsBecomeTheReferencesLatents() throws Exception {
        await().atMost(Duration.ofSeconds(90)).until(lifecycle::isReady);
        try (KafkaClients clients = new KafkaClients(KafkaSettings.of(SharedBroker.bootstrapServers()));
                KafkaBundleStore bundles = new KafkaBundleStore(clients);
                LoggedJob logged =
                        new LoggedJob(clients, TestJobs.request(BrokerResource.MODEL), StageName.TWO_EXPERTS)) {
            BundleRef conditioning = bundles.writeTensors(
                    Topics.TENSORS,
                    TestJobs.id(),
                    StageName.ENCODE,
                    Map.of("text.positive", reference("prompt_embeds"), "text.negative", reference("negative_embeds")));
            logged.admit()
                    .pass(StageName.PROMPT, StageOutputs.ofText(Map.of()))
                    .pass(StageName.ENCODE, StageOutputs.ofBundles(Map.of(StageOutputs.CONDITIONING, conditioning)));

            await().atMost(Duration.ofSeconds(90)).until(() -> logged.waitsFor(StageName.DECODE));

            Job job = logged.job();
            Tensor found = bundles.readTensors(job.bundle(StageOutputs.LATENTS).orElseThrow())
                    .tensor("latents");
            Tensor expected = reference("latents");
            assertThat(found.shape()).isEqualTo(expected.shape());
            assertThat(relativeError(found.toFloats(), expected.toFloats())).isLessThan(1e-4);
            assertThat(job.completed())
                    .extracting(CompletedStage::worker)
                    .filteredOn(worker -> !worker.equals("test"))
                    .satisfiesExactly(
                            high -> assertThat(high).endsWith("/denoise-high"),
                            low -> assertThat(low).endsWith("/denoise-low"));
        }
    }

    private static Tensor reference(String tensor) throws Exception {
        return SafetensorsFile.open(
                        BrokerResource.checkpoint().resolveSibling("t2v-32x48x9.safetensors"),
                        SafetensorsLimits.CHECKPOINT)
                .tensor(tensor);
    }

    private static double relativeError(float[] found, float[] expected) {
        double difference = 0;
        double length = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(found[i] - expected[i], 2);
            length += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / length);
    }
}
