package io.wanstreams.inference.vae;

import io.wanstreams.inference.checkpoint.VaeConfig;
import io.wanstreams.tensors.Tensor;
import java.util.Map;

/**
 * The decoder as vae.md §5.10 has it: the whole sequence at once, without chunks or contexts, by plain loops in double.
 * Slow and simple, to compare with.
 */
final class FullSequenceDecoder {

    private final VaeConfig config;
    private final FullSequenceLayers layers;

    FullSequenceDecoder(VaeConfig config, Map<String, Tensor> weights) {
        this.config = config;
        this.layers = new FullSequenceLayers(weights);
    }

    Volume decode(Volume latents) {
        Volume x = new Volume(latents.c(), latents.t(), latents.h(), latents.w());
        x.fill((c, t, h, w) -> latents.at(c, t, h, w) * config.latentsStd().get(c)
                + config.latentsMean().get(c));
        x = layers.conv(x, "post_quant_conv");
        x = layers.conv(x, "decoder.conv_in");
        x = layers.residual(x, "decoder.mid_block.resnets.0");
        x = layers.attention(x, "decoder.mid_block.attentions.0");
        x = layers.residual(x, "decoder.mid_block.resnets.1");
        int stages = config.widthMultipliers().size();
        for (int i = 0; i < stages; i++) {
            x = stage(x, "decoder.up_blocks." + i, i < stages - 1, i);
        }
        x = layers.conv(FullSequenceLayers.silu(layers.norm(x, "decoder.norm_out.gamma")), "decoder.conv_out");
        return clamped(unfold(x, config.patch()));
    }

    private Volume stage(Volume x, String name, boolean up, int index) {
        Volume y = x;
        for (int j = 0; j <= config.residualBlocks(); j++) {
            y = layers.residual(y, name + ".resnets." + j);
        }
        if (!up) {
            return y;
        }
        boolean time =
                config.temporalDownsample().get(config.temporalDownsample().size() - 1 - index);
        int out = y.c();
        y = upsample(y, name + (config.residual() ? ".upsampler" : ".upsamplers.0"), time);
        return config.residual() ? FullSequenceLayers.sum(y, dupUp(x, out, time ? 2 : 1)) : y;
    }

    private Volume upsample(Volume x, String name, boolean time) {
        Volume y = x;
        if (time && x.t() > 1) {
            Volume rest = new Volume(x.c(), x.t() - 1, x.h(), x.w());
            rest.fill((c, t, h, w) -> x.at(c, t + 1, h, w));
            Volume both = layers.conv(rest, name + ".time_conv");
            y = new Volume(x.c(), 1 + 2 * (x.t() - 1), x.h(), x.w());
            y.fill((c, t, h, w) -> t == 0 ? x.at(c, 0, h, w) : both.at((t - 1) % 2 * x.c() + c, (t - 1) / 2, h, w));
        }
        Volume small = y;
        Volume wide = new Volume(y.c(), y.t(), 2 * y.h(), 2 * y.w());
        wide.fill((c, t, h, w) -> small.at(c, t, h / 2, w / 2));
        return layers.conv(wide, name + ".resample.1");
    }

    static Volume dupUp(Volume x, int out, int ft) {
        int repeats = out * ft * 4 / x.c();
        Volume y = new Volume(out, x.t() * ft - (ft - 1), 2 * x.h(), 2 * x.w());
        y.fill((o, shifted, h, w) -> {
            int t = shifted + ft - 1;
            int m = ((o * ft + t % ft) * 2 + h % 2) * 2 + w % 2;
            return x.at(m / repeats, t / ft, h / 2, w / 2);
        });
        return y;
    }

    static Volume unfold(Volume x, int p) {
        Volume y = new Volume(x.c() / (p * p), x.t(), x.h() * p, x.w() * p);
        y.fill((c, t, h, w) -> x.at(c * p * p + w % p * p + h % p, t, h / p, w / p));
        return y;
    }

    private static Volume clamped(Volume x) {
        Volume y = new Volume(x.c(), x.t(), x.h(), x.w());
        y.fill((c, t, h, w) -> Math.max(-1, Math.min(1, x.at(c, t, h, w))));
        return y;
    }
}
