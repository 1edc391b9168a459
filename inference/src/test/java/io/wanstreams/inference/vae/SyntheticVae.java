package io.wanstreams.inference.vae;

import io.wanstreams.inference.SyntheticWeights;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.checkpoint.VaeConfig;
import io.wanstreams.tensors.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A small decoder with made-up weights, written as a checkpoint; names and shapes as in vae.md §8. */
record SyntheticVae(Checkpoint checkpoint, VaeConfig config, Map<String, Tensor> weights) {

    static SyntheticVae write(Path directory, String json) throws IOException {
        SyntheticWeights.writeIndex(directory, "vae");
        new SyntheticWeights().with("any", 1).writeTo(directory.resolve("vae"), json);
        Checkpoint checkpoint = Checkpoint.open(directory, directory.resolve("cache"));
        VaeConfig config = checkpoint.vae();
        SyntheticWeights weights = new SyntheticWeights();
        new Names(config, weights).all();
        weights.writeTo(directory.resolve("vae"), json);
        return new SyntheticVae(checkpoint, config, weights.tensors());
    }

    private record Names(VaeConfig config, SyntheticWeights weights) {

        void all() {
            List<Integer> widths = config.widthMultipliers();
            int stages = widths.size();
            int z = config.latentChannels();
            int middle = config.decoderBaseWidth() * widths.get(stages - 1);
            conv("post_quant_conv", z, z, 1, 1, 1);
            conv("decoder.conv_in", middle, z, 3, 3, 3);
            residual("decoder.mid_block.resnets.0", middle, middle);
            weights.with("decoder.mid_block.attentions.0.norm.gamma", middle, 1, 1);
            conv("decoder.mid_block.attentions.0.to_qkv", 3L * middle, middle, 1, 1);
            conv("decoder.mid_block.attentions.0.proj", middle, middle, 1, 1);
            residual("decoder.mid_block.resnets.1", middle, middle);
            int in = middle;
            for (int i = 0; i < stages; i++) {
                in = stage("decoder.up_blocks." + i, i, in, config.decoderBaseWidth() * widths.get(stages - 1 - i));
            }
            weights.with("decoder.norm_out.gamma", in, 1, 1, 1);
            conv("decoder.conv_out", config.outChannels(), in, 3, 3, 3);
        }

        private int stage(String name, int index, int in, int out) {
            for (int j = 0; j <= config.residualBlocks(); j++) {
                residual(name + ".resnets." + j, j == 0 ? in : out, out);
            }
            List<Boolean> down = config.temporalDownsample();
            if (index == down.size()) {
                return out;
            }
            String upsampler = name + (config.residual() ? ".upsampler" : ".upsamplers.0");
            int after = config.residual() ? out : out / 2;
            conv(upsampler + ".resample.1", after, out, 3, 3);
            if (down.get(down.size() - 1 - index)) {
                conv(upsampler + ".time_conv", 2L * out, out, 3, 1, 1);
            }
            return after;
        }

        private void residual(String name, int in, int out) {
            weights.with(name + ".norm1.gamma", in, 1, 1, 1);
            conv(name + ".conv1", out, in, 3, 3, 3);
            weights.with(name + ".norm2.gamma", out, 1, 1, 1);
            conv(name + ".conv2", out, out, 3, 3, 3);
            if (in != out) {
                conv(name + ".conv_shortcut", out, in, 1, 1, 1);
            }
        }

        private void conv(String name, long... dims) {
            weights.with(name + ".weight", dims).with(name + ".bias", dims[0]);
        }
    }
}
