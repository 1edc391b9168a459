package io.wanstreams.bench.bundle;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.tensors.Safetensors;
import io.wanstreams.tensors.Tensor;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.KafkaSettings;
import io.wanstreams.transport.bundle.BundleException;
import io.wanstreams.transport.bundle.KafkaBundleStore;
import java.time.Duration;
import java.util.Map;

/** What is measured: the same bytes as a tensor, written and read as a stage does, hashes and all. */
final class BundleStoreClients implements AutoCloseable {

    private final KafkaClients clients;
    private final KafkaBundleStore store;

    BundleStoreClients(String bootstrapServers) {
        this.clients = new KafkaClients(KafkaSettings.of(bootstrapServers));
        this.store = new KafkaBundleStore(clients);
    }

    /** Carries the bytes there and back. */
    RoundTrip carry(byte[] bytes, JobId job) throws BundleException, InterruptedException {
        Map<String, Tensor> tensors = Map.of("latents", Tensor.of(bytes, bytes.length));
        long begun = System.nanoTime();
        BundleRef ref = store.writeTensors(Topics.TENSORS, job, StageName.ENCODE, tensors);
        long written = System.nanoTime();
        Safetensors back = store.readTensors(ref);
        long done = System.nanoTime();
        if (!back.tensors().equals(tensors)) {
            throw new IllegalStateException("The bundle came back as other bytes");
        }
        return new RoundTrip(Duration.ofNanos(written - begun), Duration.ofNanos(done - written));
    }

    @Override
    public void close() {
        store.close();
        clients.close();
    }
}
