package io.wanstreams.inference.vae;

import static io.wanstreams.inference.vae.FullSequenceLayers.silu;
import static io.wanstreams.inference.vae.FullSequenceLayers.sum;

import io.wanstreams.inference.checkpoint.VaeConfig;
import io.wanstreams.tensors.Tensor;
import java.util.Map;

/**
 * The encoder as vae.md §5.10 has it: the whole sequence at once, without chunks or contexts, by plain loops in double.
 * Slow and simple, to compare with.
 */
final class FullSequenceEncoder {

    private final VaeConfig config;
    private final FullSequenceLayers layers;
    private int block;

    FullSequenceEncoder(VaeConfig config, Map<String, Tensor> weights) {
        this.config = config;
        this.layers = new FullSequenceLayers(weights);
    }

    Volume encode(Volume pixels) {
        block = 0;
        Volume x = layers.conv(fold(pixels, config.patch()), "encoder.conv_in");
        for (int i = 0; i < config.widthMultipliers().size(); i++) {
            x = stage(x, i);
        }
        x = layers.residual(x, "encoder.mid_block.resnets.0");
        x = layers.attention(x, "encoder.mid_block.attentions.0");
        x = layers.residual(x, "encoder.mid_block.resnets.1");
        x = layers.conv(silu(layers.norm(x, "encoder.norm_out.gamma")), "encoder.conv_out");
        Volume moments = layers.conv(x, "quant_conv");
        Volume latents = new Volume(config.latentChannels(), x.t(), x.h(), x.w());
        latents.fill(
                (c, t, h, w) -> (moments.at(c, t, h, w) - config.latentsMean().get(c))
                        / config.latentsStd().get(c));
        return latents;
    }

    private Volume stage(Volume x, int index) {
        String name = "encoder.down_blocks." + index;
        boolean down = index < config.temporalDownsample().size();
        boolean time = down && config.temporalDownsample().get(index);
        Volume y = x;
        for (int j = 0; j < config.residualBlocks(); j++) {
            y = layers.residual(y, config.residual() ? name + ".resnets." + j : next());
        }
        int out = y.c();
        if (down) {
            String downsampler = config.residual() ? name + ".downsampler" : next();
            y = layers.halved(y, downsampler + ".resample.1");
            y = time ? layers.halvedInTime(y, downsampler + ".time_conv") : y;
        }
        return config.residual() ? sum(y, averageDown(x, out, time ? 2 : 1, down ? 2 : 1)) : y;
    }

    private String next() {
        return "encoder.down_blocks." + block++;
    }

    /** AvgDown3D over the whole sequence: zeros before it where the frames do not fill ft. Source: vae.md §6. */
    static Volume averageDown(Volume x, int out, int ft, int fs) {
        int missing = Math.floorMod(-x.t(), ft);
        int run = x.c() * ft * fs * fs / out;
        Volume y = new Volume(out, (x.t() + missing) / ft, x.h() / fs, x.w() / fs);
        y.fill((o, t, h, w) -> {
            double total = 0;
            for (int m = o * run; m < (o + 1) * run; m++) {
                int dx = m % fs;
                int dy = m / fs % fs;
                int dt = m / fs / fs % ft;
                total += x.padded(m / fs / fs / ft, t * ft + dt - missing, h * fs + dy, w * fs + dx);
            }
            return total / run;
        });
        return y;
    }

    static Volume fold(Volume image, int p) {
        Volume y = new Volume(image.c() * p * p, image.t(), image.h() / p, image.w() / p);
        y.fill((m, t, h, w) -> image.at(m / p / p, t, h * p + m % p, w * p + m / p % p));
        return y;
    }
}
