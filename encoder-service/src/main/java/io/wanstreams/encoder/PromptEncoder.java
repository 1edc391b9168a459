package io.wanstreams.encoder;

import io.wanstreams.inference.pipeline.TextRows;

/** From a prompt to its rows. For one thread at a time. */
@FunctionalInterface
interface PromptEncoder {
    TextRows rows(String prompt);
}
