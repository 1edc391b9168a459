package io.wanstreams.inference.pipeline;

import io.wanstreams.inference.text.PromptCleaner;
import io.wanstreams.inference.text.Tokenizer;
import io.wanstreams.tensors.Tensor;

/** From a prompt to its rows: clean, tokenize, encode. Positive and negative prompts go the same way. */
public final class Prompts {

    /** The text encoder: token ids, end token last, to F32 [tokens, width]. */
    @FunctionalInterface
    public interface Encoder {
        Tensor encode(int[] ids);
    }

    private final Tokenizer tokenizer;
    private final Encoder encoder;

    /** Neither is closed here. */
    public Prompts(Tokenizer tokenizer, Encoder encoder) {
        this.tokenizer = tokenizer;
        this.encoder = encoder;
    }

    /** The ids that the text encoder gets to see. */
    public int[] ids(String prompt) {
        return tokenizer.encode(PromptCleaner.clean(prompt));
    }

    /** The rows that the transformer gets to see. */
    public Tensor rows(String prompt) {
        return encoder.encode(ids(prompt));
    }
}
