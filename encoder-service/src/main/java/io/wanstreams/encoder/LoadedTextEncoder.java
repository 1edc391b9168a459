package io.wanstreams.encoder;

import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.pipeline.Prompts;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.text.Tokenizer;
import io.wanstreams.inference.umt5.TextEncoder;
import io.wanstreams.tensors.Tensor;

/** Tokenizer and text encoder of a checkpoint. */
final class LoadedTextEncoder implements PromptEncoder, AutoCloseable {

    private final Tokenizer tokenizer;
    private final TextEncoder encoder;
    private final Prompts prompts;

    private LoadedTextEncoder(Tokenizer tokenizer, TextEncoder encoder) {
        this.tokenizer = tokenizer;
        this.encoder = encoder;
        this.prompts = new Prompts(tokenizer, encoder::encode);
    }

    /**
     * Loads both.
     *
     * @throws io.wanstreams.inference.checkpoint.CheckpointException in one sentence naming file and tensor
     * @throws io.wanstreams.inference.text.TokenizerException in one sentence naming the file
     */
    static LoadedTextEncoder open(Checkpoint checkpoint, Device device, SessionSettings settings) {
        Tokenizer tokenizer = Tokenizer.open(checkpoint.tokenizer(), TextEncoder.TEXT_LENGTH);
        try {
            return new LoadedTextEncoder(tokenizer, TextEncoder.open(checkpoint, device, settings));
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    @Override
    public Tensor rows(String prompt, Cancellation cancellation) {
        return encoder.encode(prompts.ids(prompt), cancellation);
    }

    @Override
    public void close() {
        encoder.close();
        tokenizer.close();
    }
}
