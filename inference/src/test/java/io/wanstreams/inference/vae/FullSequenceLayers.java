package io.wanstreams.inference.vae;

import io.wanstreams.tensors.Tensor;
import java.util.Map;
import java.util.Objects;

/** The layers of both autoencoders over a whole sequence, by plain loops in double. */
record FullSequenceLayers(Map<String, Tensor> weights) {

    Volume residual(Volume x, String name) {
        Volume shortcut = weights.containsKey(name + ".conv_shortcut.weight") ? conv(x, name + ".conv_shortcut") : x;
        Volume y = conv(silu(norm(x, name + ".norm1.gamma")), name + ".conv1");
        y = conv(silu(norm(y, name + ".norm2.gamma")), name + ".conv2");
        return sum(y, shortcut);
    }

    Volume attention(Volume x, String name) {
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

    Volume norm(Volume x, String gamma) {
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

    static Volume silu(Volume x) {
        Volume y = new Volume(x.c(), x.t(), x.h(), x.w());
        y.fill((c, t, h, w) -> x.at(c, t, h, w) / (1 + Math.exp(-x.at(c, t, h, w))));
        return y;
    }

    static Volume sum(Volume a, Volume b) {
        Volume y = new Volume(a.c(), a.t(), a.h(), a.w());
        y.fill((c, t, h, w) -> a.at(c, t, h, w) + b.at(c, t, h, w));
        return y;
    }

    /** Kernel extents from the weight's shape; time looks back, space is padded on both sides. */
    Volume conv(Volume x, String name) {
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

    /** A convolution of single frames to half the size, zeros at the right and at the bottom. */
    Volume halved(Volume x, String name) {
        float[] kernel = tensor(name + ".weight").toFloats();
        float[] bias = tensor(name + ".bias").toFloats();
        Volume y = new Volume(x.c(), x.t(), x.h() / 2, x.w() / 2);
        y.fill((o, t, h, w) -> {
            double value = bias[o];
            for (int i = 0; i < x.c(); i++) {
                for (int dh = 0; dh < 3; dh++) {
                    for (int dw = 0; dw < 3; dw++) {
                        value += kernel[((o * x.c() + i) * 3 + dh) * 3 + dw] * x.padded(i, t, 2 * h + dh, 2 * w + dw);
                    }
                }
            }
            return value;
        });
        return y;
    }

    /** Frame 0 as it is, then one for each window of three frames that begins at frames 0, 2, 4 … */
    Volume halvedInTime(Volume x, String name) {
        float[] kernel = tensor(name + ".weight").toFloats();
        float[] bias = tensor(name + ".bias").toFloats();
        Volume y = new Volume(x.c(), 1 + (x.t() - 1) / 2, x.h(), x.w());
        y.fill((o, t, h, w) -> {
            if (t == 0) {
                return x.at(o, 0, h, w);
            }
            double value = bias[o];
            for (int i = 0; i < x.c(); i++) {
                for (int dt = 0; dt < 3; dt++) {
                    value += kernel[(o * x.c() + i) * 3 + dt] * x.at(i, 2 * (t - 1) + dt, h, w);
                }
            }
            return value;
        });
        return y;
    }
}
