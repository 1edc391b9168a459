package io.wanstreams.contracts.request;

import io.wanstreams.contracts.sharing.Shared;
import org.jspecify.annotations.Nullable;

/**
 * What a client said in words; the prompt stage makes the final prompt of it.
 *
 * @param prompt as given, or the template's text where the client gave the parts
 * @param negativePrompt what the video must not look like; may be empty
 * @param lighting added to the prompt as words
 * @param composition added to the prompt as words
 * @param colorTone added to the prompt as words
 */
public record PromptSpec(
        String prompt,
        String negativePrompt,
        @Nullable Lighting lighting,
        @Nullable Composition composition,
        @Nullable ColorTone colorTone) {

    public PromptSpec {
        negativePrompt = Shared.text(negativePrompt);
    }
}
