package io.wanstreams.denoise;

import io.wanstreams.inference.checkpoint.TransformerConfig;
import io.wanstreams.inference.memory.MemoryLimit;
import io.wanstreams.inference.memory.MemoryNeed;
import io.wanstreams.inference.memory.MemoryPlan;
import io.wanstreams.inference.scheduler.Expert;
import io.wanstreams.inference.transformer.LatentShape;

/**
 * What an expert's passes need, against what there is.
 *
 * @param passes that run at the same time
 */
record StageMemory(MemoryPlan plan, Expert expert, int passes, MemoryLimit limit) {

    /** Refuses weights that leave no room for the smallest video. */
    void checkWeights() {
        limit.checkWeights(need(smallest(), false));
    }

    /** Refuses latents whose passes will not fit. */
    void check(LatentShape latents, boolean timestepPerToken) {
        limit.check(need(latents, timestepPerToken));
    }

    /** Sessions on processors share the weights' pages, but each pass has its own memory to work. */
    private MemoryNeed need(LatentShape latents, boolean timestepPerToken) {
        MemoryNeed one = plan.transformer(expert, latents, timestepPerToken);
        return new MemoryNeed(
                one.what(), one.task(), one.weightBytes(), Math.multiplyExact(passes, one.workingBytes()), one.flops());
    }

    private LatentShape smallest() {
        TransformerConfig config = plan.checkpoint().transformer();
        return new LatentShape(config.inChannels(), config.patchTime(), config.patchHeight(), config.patchWidth());
    }
}
