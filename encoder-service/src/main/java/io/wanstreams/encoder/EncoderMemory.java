package io.wanstreams.encoder;

import io.wanstreams.inference.memory.MemoryLimit;
import io.wanstreams.inference.memory.MemoryNeed;
import io.wanstreams.inference.memory.MemoryPlan;
import io.wanstreams.inference.transformer.LatentShape;
import io.wanstreams.inference.vae.FrameEncoder;
import io.wanstreams.inference.vae.LatentGrid;

/** What encoding an image needs, against what there is; the text encoder's weights stay loaded beside it. */
record EncoderMemory(MemoryPlan plan, MemoryLimit limit) {

    /** Refuses weights that leave no room for the smallest image. */
    void checkWeights() {
        int channels = plan.checkpoint().vae().latentChannels();
        limit.checkWeights(besideText(plan.vaeEncoder(new LatentShape(channels, 1, 1, 1))));
    }

    /** Refuses a clip that will not fit. */
    void check(FrameEncoder encoder, int frames, int height, int width) {
        LatentGrid grid = encoder.grid();
        limit.check(besideText(plan.vaeEncoder(new LatentShape(
                grid.channels(),
                grid.latentFrames(frames),
                encoder.latentsAtOnce(height / grid.stride()),
                encoder.latentsAtOnce(width / grid.stride())))));
    }

    private MemoryNeed besideText(MemoryNeed images) {
        long text = plan.textEncoder(1).weightBytes();
        return new MemoryNeed(
                images.what() + " beside the text encoder",
                images.task(),
                Math.addExact(images.weightBytes(), text),
                images.workingBytes(),
                images.flops());
    }
}
