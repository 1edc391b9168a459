package io.wanstreams.transport.bundle;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.tensors.SafetensorsLimits;

/** What holds for every bundle that is read into memory as tensors. */
public final class TensorBundles {

    private static final long LIMIT_BYTES =
            SafetensorsLimits.WIRE.dataBytes() + SafetensorsLimits.WIRE.headerBytes() + Long.BYTES;

    private TensorBundles() {}

    /** Refuses what is longer than a safetensors file may be on the wire. */
    public static void refuseTooLong(BundleRef ref) throws BadBundleException {
        if (ref.length() > LIMIT_BYTES) {
            throw new BadBundleException("Bundle " + ref.topic() + "-" + ref.partition() + "@" + ref.firstOffset()
                    + " has " + ref.length() + " bytes, tensors on the wire have at most " + LIMIT_BYTES);
        }
    }
}
