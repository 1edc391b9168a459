package io.wanstreams.inference.vae;

import io.wanstreams.inference.SyntheticWeights;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.checkpoint.VaeConfig;
import io.wanstreams.tensors.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A small autoencoder with made-up weights, written as a checkpoint; names and shapes as in vae.md §8. */
public record SyntheticVae(Checkpoint checkpoint, VaeConfig config, Map<String, Tensor> weights) {

    /** Like both published ones, and two unlike them. */
    static Stream<String> configs() {
        return Stream.of(
                        "`base_dim`:2,`z_dim`:3,`dim_mult`:[1,2,4,4],`num_res_blocks`:1,"
                                + "`temperal_downsample`:[false,true,true]," + moments(3),
                        "`base_dim`:1,`decoder_base_dim`:2,`z_dim`:4,`dim_mult`:[1,2,4,4],`num_res_blocks`:2,"
                                + "`is_residual`:true,`in_channels`:12,`out_channels`:12,`patch_size`:2," + moments(4),
                        // other steps between widths, other places for time, other patches
                        "`base_dim`:2,`z_dim`:2,`dim_mult`:[1,4,2],`num_res_blocks`:1,`is_residual`:true,"
                                + "`in_channels`:27,`out_channels`:27,`patch_size`:3,"
                                + "`temperal_downsample`:[true,false]," + moments(2),
                        "`base_dim`:2,`z_dim`:2,`dim_mult`:[2,1,1],`num_res_blocks`:1,"
                                + "`temperal_downsample`:[true,false]," + moments(2))
                .map(config -> "{" + config.replace('`', '"') + "}");
    }

    /** The config of the published kind with that number. */
    static String config(int number) {
        return configs().toList().get(number);
    }

    private static String moments(int z) {
        List<Double> mean = Stream.iterate(0.1, value -> value - 0.2).limit(z).toList();
        List<Double> std = Stream.iterate(0.7, value -> value + 0.3).limit(z).toList();
        return "`latents_mean`:" + mean + ",`latents_std`:" + std;
    }

    public static SyntheticVae write(Path directory, String json) throws IOException {
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
            encoder();
            decoder();
        }

        private void encoder() {
            List<Integer> widths = config.widthMultipliers();
            int z = config.latentChannels();
            int in = config.baseWidth();
            conv("encoder.conv_in", in, config.inChannels(), 3, 3, 3);
            int block = 0;
            for (int i = 0; i < widths.size(); i++) {
                String stage = "encoder.down_blocks." + i;
                int out = config.baseWidth() * widths.get(i);
                for (int j = 0; j < config.residualBlocks(); j++) {
                    String flat = "encoder.down_blocks." + block++;
                    residual(config.residual() ? stage + ".resnets." + j : flat, j == 0 ? in : out, out);
                }
                in = out;
                if (i < widths.size() - 1) {
                    String flat = "encoder.down_blocks." + block++;
                    String down = config.residual() ? stage + ".downsampler" : flat;
                    conv(down + ".resample.1", out, out, 3, 3);
                    if (config.temporalDownsample().get(i)) {
                        conv(down + ".time_conv", out, out, 3, 1, 1);
                    }
                }
            }
            middle("encoder.mid_block", in);
            weights.with("encoder.norm_out.gamma", in, 1, 1, 1);
            conv("encoder.conv_out", 2L * z, in, 3, 3, 3);
            conv("quant_conv", 2L * z, 2L * z, 1, 1, 1);
        }

        private void middle(String name, int width) {
            residual(name + ".resnets.0", width, width);
            weights.with(name + ".attentions.0.norm.gamma", width, 1, 1);
            conv(name + ".attentions.0.to_qkv", 3L * width, width, 1, 1);
            conv(name + ".attentions.0.proj", width, width, 1, 1);
            residual(name + ".resnets.1", width, width);
        }

        private void decoder() {
            List<Integer> widths = config.widthMultipliers();
            int stages = widths.size();
            int z = config.latentChannels();
            int middle = config.decoderBaseWidth() * widths.get(stages - 1);
            conv("post_quant_conv", z, z, 1, 1, 1);
            conv("decoder.conv_in", middle, z, 3, 3, 3);
            middle("decoder.mid_block", middle);
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
