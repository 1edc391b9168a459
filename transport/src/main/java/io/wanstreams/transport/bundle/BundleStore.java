package io.wanstreams.transport.bundle;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.tensors.Safetensors;
import io.wanstreams.tensors.Tensor;
import java.io.InputStream;
import java.util.Map;

/**
 * Where bundles lie. Thread-safe. A stream that was opened throws an {@link java.io.IOException} whose cause is a
 * {@link BundleException} when what it meets is not the bundle; it never hands out bytes that are not verified.
 */
public interface BundleStore extends AutoCloseable {

    /**
     * Writes a bundle. When this returns, every byte is stored as safely as the topic allows.
     *
     * @throws BundleUnavailableException when that is not known in time; chunks already written are never referred to
     */
    BundleRef write(BundleDescription description, BundleContent content)
            throws BundleUnavailableException, InterruptedException;

    /**
     * The whole bundle. Chunk by chunk its CRC is checked, and the SHA-256 before the last chunk is handed out.
     *
     * @throws BadBundleException when the reference does not lead to such a bundle
     */
    InputStream open(BundleRef ref) throws BundleException, InterruptedException;

    /**
     * A part of the bundle. Each chunk's CRC is checked; the SHA-256 cannot be.
     *
     * @param offset first byte, 0 to the bundle's length
     * @param length number of bytes; offset + length is at most the bundle's length
     */
    InputStream open(BundleRef ref, long offset, long length) throws BundleException, InterruptedException;

    /**
     * A safetensors bundle in memory, within the limits for the wire.
     *
     * @throws BadBundleException when it is not one, or not the one that was written
     */
    Safetensors readTensors(BundleRef ref) throws BundleException, InterruptedException;

    /** Writes tensors as a safetensors bundle. */
    default BundleRef writeTensors(String topic, JobId job, StageName stage, Map<String, Tensor> tensors)
            throws BundleUnavailableException, InterruptedException {
        return write(BundleDescription.of(topic, job, stage, BundleRef.SAFETENSORS), BundleContent.of(tensors));
    }

    @Override
    void close();
}
