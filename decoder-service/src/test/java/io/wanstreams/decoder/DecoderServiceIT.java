package io.wanstreams.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.Phase;
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
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The reference's case t2v-32x48x9 (inference/src/test/golden) decoded, over a real broker. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
class DecoderServiceIT {

    @Inject
    DecoderLifecycle lifecycle;

    @Test
    void aTicketBecomesTheReferencesFrames() throws Exception {
        await().atMost(Duration.ofSeconds(90)).until(lifecycle::isReady);
        try (KafkaClients clients = new KafkaClients(KafkaSettings.of(SharedBroker.bootstrapServers()));
                KafkaBundleStore bundles = new KafkaBundleStore(clients);
                LoggedJob logged = new LoggedJob(
                        clients,
                        TestJobs.request(BrokerResource.MODEL, true),
                        List.of(StageName.DENOISE_LOW, StageName.DECODE))) {
            BundleRef latents = bundles.writeTensors(
                    Topics.TENSORS, TestJobs.id(), StageName.DENOISE_LOW, Map.of("latents", reference("latents")));
            logged.admit().pass(StageName.DENOISE_LOW, StageOutputs.ofBundles(Map.of(StageOutputs.LATENTS, latents)));

            await().atMost(Duration.ofSeconds(90)).until(() -> logged.job().phase() instanceof Phase.Completed);

            Job job = logged.job();
            Tensor found = bundles.readTensors(job.bundle(StageOutputs.FRAMES).orElseThrow())
                    .tensor("frames");
            Tensor expected = reference("frames");
            assertThat(found.shape()).isEqualTo(expected.shape());
            assertThat(psnr(found.bytes(), expected.bytes())).isGreaterThan(60);
            assertThat(job.bundle(StageOutputs.VIDEO)).isPresent();
            assertThat(job.bundle(StageOutputs.THUMBNAIL)).isPresent();
            assertThat(job.bundle(StageOutputs.SPRITESHEET)).isPresent();
        }
    }

    private static Tensor reference(String tensor) throws Exception {
        return SafetensorsFile.open(
                        BrokerResource.checkpoint().resolveSibling("t2v-32x48x9.safetensors"),
                        SafetensorsLimits.CHECKPOINT)
                .tensor(tensor);
    }

    private static double psnr(ByteBuffer found, ByteBuffer expected) {
        double squares = 0;
        int values = found.remaining();
        while (found.hasRemaining()) {
            int difference = (found.get() & 0xff) - (expected.get() & 0xff);
            squares += difference * difference;
        }
        return 10 * Math.log10(255.0 * 255.0 * values / squares);
    }
}
