package io.wanstreams.prompt;

import io.smallrye.mutiny.Uni;
import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.contracts.request.PromptSpec;
import io.wanstreams.contracts.request.VideoRequest;
import java.util.TreeMap;

/**
 * The prompt stage's work for one job. The result shows what was done: the prompt before and after, and who rewrote it.
 * The negative prompt passes through.
 */
final class PromptStage {

    static final String BEFORE = "prompt_before";
    static final String PROVIDER = "provider";
    static final String NOBODY = "none";

    /** The texts for the next stages. */
    Uni<StageOutputs> outputs(VideoRequest request) {
        PromptSpec spec = request.prompt();
        TreeMap<String, String> text = new TreeMap<>();
        text.put(BEFORE, spec.prompt());
        text.put(StageOutputs.PROMPT, PromptComposer.compose(spec));
        text.put(StageOutputs.NEGATIVE_PROMPT, spec.negativePrompt());
        text.put(PROVIDER, NOBODY);
        return Uni.createFrom().item(StageOutputs.ofText(text));
    }
}
