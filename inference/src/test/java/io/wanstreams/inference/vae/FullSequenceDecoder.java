package io.wanstreams.inference.vae;

import io.wanstreams.inference.checkpoint.VaeConfig;
import io.wanstreams.tensors.Tensor;
import java.util.Map;
import java.util.Objects;

/**
 * The decoder as vae.md §5.10 has it: the whole sequence at once, without chunks or contexts, by plain loops in double.
 * Slow and simple, to compare with.
 */
final class FullSequenceDecoder {

    private final VaeConfig config;
    private final Map<String, Tensor> weights;

    FullSequenceDecoder(VaeConfig config, Map<String, Tensor> weights) {
        this.config = config;
        this.weights = weights;
    }

    Volume decode(Volume latents) {
        Volume x = new Volume(latents.c(), latents.t(), latents.h(), latents.w());
        x.fill((c, t, h, w) -> latents.at(c, t, h, w) * config.latentsStd().get(c)
                + config.latentsMean().get(c));
        x = conv(x, "post_quant_conv");
        x = conv(x, "decoder.conv_in");
        x = residual(x, "decoder.mid_block.resnets.0");
        x = attention(x, "decoder.mid_block.attentions.0");
        x = residual(x, "decoder.mid_block.resnets.1");
        int stages = config.widthMultipliers().size();
        for (int i = 0; i < stages; i++) {
            x = stage(x, "decoder.up_blocks." + i, i < stages - 1, i);
        }
        x = conv(silu(norm(x, "decoder.norm_out.gamma")), "decoder.conv_out");
        return clamped(unfold(x, config.patch()));
    }

    private Volume stage(Volume x, String name, boolean up, int index) {
        Volume y = x;
        for (int j = 0; j <= config.residualBlocks(); j++) {
            y = residual(y, name + ".resnets." + j);
        }
        if (!up) {
            return y;
        }
        boolean time =
                config.temporalDownsample().get(config.temporalDownsample().size() - 1 - index);
        int out = y.c();
        y = upsample(y, name + (config.residual() ? ".upsampler" : ".upsamplers.0"), time);
        return config.residual() ? sum(y, dupUp(x, out, time ? 2 : 1)) : y;
    }

    private Volume upsample(Volume x, String name, boolean time) {
        Volume y = x;
        if (time && x.t() > 1) {
            Volume rest = new Volume(x.c(), x.t() - 1, x.h(), x.w());
            rest.fill((c, t, h, w) -> x.at(c, t + 1, h, w));
            Volume both = conv(rest, name + ".time_conv");
            y = new Volume(x.c(), 1 + 2 * (x.t() - 1), x.h(), x.w());
            y.fill((c, t, h, w) -> t == 0 ? x.at(c, 0, h, w) : both.at((t - 1) % 2 * x.c() + c, (t - 1) / 2, h, w));
        }
        Volume small = y;
        Volume wide = new Volume(y.c(), y.t(), 2 * y.h(), 2 * y.w());
        wide.fill((c, t, h, w) -> small.at(c, t, h / 2, w / 2));
        return conv(wide, name + ".resample.1");
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

    private Volume residual(Volume x, String name) {
        Volume shortcut = weights.containsKey(name + ".conv_shortcut.weight") ? conv(x, name + ".conv_shortcut") : x;
        Volume y = conv(silu(norm(x, name + ".norm1.gamma")), name + ".conv1");
        y = conv(silu(norm(y, name + ".norm2.gamma")), name + ".conv2");
        return sum(y, shortcut);
    }

    private Volume attention(Volume x, String name) {
        Volume qkv = conv(norm(x, name + ".norm.gamma"), name + ".to_qkv");
        int c = x.c();
        int pixels = x.h() * x.w();
        Volume y = new Volume(c, x.t(), x.h(), x.w());
        for (int t = 0; t < x.t(); t++) {
            for (int query = 0; query < pixels; query++) {
                double[] share = new double[pixels];
                double total = 0;
                for (int key = 0; key < pixels; key++) {
                    double dot = 0;
                    for (int i = 0; i < c; i++) {
                        dot += qkv.pixel(i, t, query) * qkv.pixel(c + i, t, key);
                    }
                    share[key] = Math.exp(dot / Math.sqrt(c));
                    total += share[key];
                }
                for (int i = 0; i < c; i++) {
                    double mixed = 0;
                    for (int key = 0; key < pixels; key++) {
                        mixed += share[key] / total * qkv.pixel(2 * c + i, t, key);
                    }
                    y.set(i, t, query / x.w(), query % x.w(), mixed);
                }
            }
        }
        return sum(conv(y, name + ".proj"), x);
    }

    private Volume norm(Volume x, String gamma) {
        float[] scale = tensor(gamma).toFloats();
        Volume y = new Volume(x.c(), x.t(), x.h(), x.w());
        y.fill((c, t, h, w) -> {
            double squares = 0;
            for (int i = 0; i < x.c(); i++) {
                squares += x.at(i, t, h, w) * x.at(i, t, h, w);
            }
            return x.at(c, t, h, w) / Math.max(Math.sqrt(squares), 1e-12) * Math.sqrt(x.c()) * scale[c];
        });
        return y;
    }

    private Tensor tensor(String name) {
        return Objects.requireNonNull(weights.get(name), name);
    }

    private static Volume silu(Volume x) {
        Volume y = new Volume(x.c(), x.t(), x.h(), x.w());
        y.fill((c, t, h, w) -> x.at(c, t, h, w) / (1 + Math.exp(-x.at(c, t, h, w))));
        return y;
    }

    private static Volume sum(Volume a, Volume b) {
        Volume y = new Volume(a.c(), a.t(), a.h(), a.w());
        y.fill((c, t, h, w) -> a.at(c, t, h, w) + b.at(c, t, h, w));
        return y;
    }

    private static Volume clamped(Volume x) {
        Volume y = new Volume(x.c(), x.t(), x.h(), x.w());
        y.fill((c, t, h, w) -> Math.max(-1, Math.min(1, x.at(c, t, h, w))));
        return y;
    }

    /** Kernel extents from the weight's shape; time looks back, space is padded on both sides. */
    private Volume conv(Volume x, String name) {
        Tensor weight = tensor(name + ".weight");
        float[] bias = tensor(name + ".bias").toFloats();
        float[] kernel = weight.toFloats();
        int rank = weight.shape().rank();
        int kt = rank == 5 ? (int) weight.shape().dim(2) : 1;
        int ks = (int) weight.shape().dim(rank - 1);
        Volume y = new Volume(bias.length, x.t(), x.h(), x.w());
        y.fill((o, t, h, w) -> {
            double value = bias[o];
            for (int i = 0; i < x.c(); i++) {
                for (int dt = 0; dt < kt; dt++) {
                    for (int dh = 0; dh < ks; dh++) {
                        for (int dw = 0; dw < ks; dw++) {
                            value += kernel[(((o * x.c() + i) * kt + dt) * ks + dh) * ks + dw]
                                    * x.padded(i, t - kt + 1 + dt, h - ks / 2 + dh, w - ks / 2 + dw);
                        }
                    }
                }
            }
            return value;
        });
        return y;
    }
}
