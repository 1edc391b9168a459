package io.wanstreams.encoder;

import io.wanstreams.tensors.Tensor;

/** From a prompt to one row per token. For one thread at a time. */
@FunctionalInterface
interface PromptEncoder {
    /** F32 [tokens, width], tokens at least 1. */
    Tensor rows(String prompt);
}
