package io.wanstreams.inference.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The checkpoint's own tokenizer ({@code tokenizer/tokenizer.json}), run by the Hugging Face library. Normalising,
 * segmenting and the end token are as the file says. Source: transformer-and-text.md §3.2.
 *
 * <p>Safe for use by several threads; holds native memory until closed.
 */
public final class Tokenizer implements AutoCloseable {

    /** The number of rows of the text conditioning, end token included: the default of the family. */
    public static final int MAX_TOKENS = 512;

    static {
        // Else the library looks for a GPU, and downloads a build for it. A value set from outside stays.
        if (System.getProperty("RUST_FLAVOR") == null) {
            System.setProperty("RUST_FLAVOR", "cpu");
        }
    }

    private final HuggingFaceTokenizer tokenizer;

    private Tokenizer(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * Loads the tokenizer of a checkpoint; never touches the network.
     *
     * @param directory the folder that holds {@code tokenizer.json}
     * @param maxTokens longest result, end token included, ≥ 1
     * @throws TokenizerException when the file is missing or cannot be understood
     */
    public static Tokenizer open(Path directory, int maxTokens) {
        if (maxTokens < 1) {
            throw new IllegalArgumentException("The longest token row must be at least 1, found " + maxTokens + ".");
        }
        Path file = directory.resolve("tokenizer.json");
        if (!Files.isRegularFile(file)) {
            throw new TokenizerException("The tokenizer file " + file + " is missing; a checkpoint directory has it in"
                    + " its folder 'tokenizer'.");
        }
        try {
            return new Tokenizer(HuggingFaceTokenizer.builder()
                    .optTokenizerPath(file)
                    .optAddSpecialTokens(true)
                    .optPadding(false)
                    .optTruncation(true)
                    .optMaxLength(maxTokens)
                    .build());
        } catch (IOException | RuntimeException e) {
            throw new TokenizerException(
                    "The tokenizer file " + file + " cannot be read: " + e.getMessage() + "; copy it again.", e);
        }
    }

    /**
     * Token ids of a cleaned prompt, the end token last, without padding.
     *
     * @param cleaned what {@link PromptCleaner#clean} returned; the empty text is the end token alone
     * @return 1 … maxTokens ids; of a longer prompt the first ones and the end token
     */
    public int[] encode(String cleaned) {
        long[] ids = tokenizer.encode(cleaned, true, false).getIds();
        int[] narrow = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            narrow[i] = Math.toIntExact(ids[i]);
        }
        return narrow;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
