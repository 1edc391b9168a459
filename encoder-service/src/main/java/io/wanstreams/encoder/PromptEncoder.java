package io.wanstreams.encoder;

import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.tensors.Tensor;

/** From a prompt to one row per token. For one thread at a time. */
@FunctionalInterface
interface PromptEncoder {
    /**
     * F32 [tokens, width], tokens at least 1.
     *
     * @param cancellation ends the run of the network from another thread
     * @throws io.wanstreams.inference.session.CancelledException when it did
     */
    Tensor rows(String prompt, Cancellation cancellation);
}
