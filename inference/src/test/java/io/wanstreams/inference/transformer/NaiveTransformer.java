package io.wanstreams.inference.transformer;

import io.wanstreams.inference.checkpoint.TransformerConfig;
import io.wanstreams.tensors.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** transformer-and-text.md §5 once more: in double, one loop per sum, nothing shared with the graph. */
final class NaiveTransformer {
    private final TransformerConfig config;
    private final Map<String, Tensor> weights;
    private final int width;

    NaiveTransformer(TransformerConfig config, Map<String, Tensor> weights) {
        this.config = config;
        this.weights = weights;
        this.width = config.width();
    }

    /** Everything as [rows][columns]; timesteps one per token. */
    double[] velocity(float[] latents, LatentShape shape, double[] timesteps, double[][] text) {
        int frames = shape.frames() / config.patchTime();
        int rows = shape.height() / config.patchHeight();
        int columns = shape.width() / config.patchWidth();
        double[][] patches = new double[frames * rows * columns][config.inChannels() * config.patchElements()];
        eachElement(
                shape,
                config.inChannels(),
                (token, c, offset, index) -> patches[token][c * config.patchElements() + offset] = latents[index]);
        double[][] x = linear("patch_embedding", patches);
        double[][] context = linear(
                "condition_embedder.text_embedder.linear_2",
                each(NaiveTransformer::gelu, linear("condition_embedder.text_embedder.linear_1", text)));
        double[][] embedding = linear(
                "condition_embedder.time_embedder.linear_2",
                each(
                        NaiveTransformer::silu,
                        linear("condition_embedder.time_embedder.linear_1", sinusoids(timesteps))));
        double[][] time = linear("condition_embedder.time_proj", each(NaiveTransformer::silu, embedding));
        for (int i = 0; i < config.layers(); i++) {
            x = block("blocks." + i, x, context, time, new int[] {frames, rows, columns});
        }
        double[] table = values("scale_shift_table");
        double[][] y = normed(x);
        for (int l = 0; l < y.length; l++) {
            for (int d = 0; d < width; d++) {
                y[l][d] = y[l][d] * (1 + table[width + d] + embedding[l][d]) + table[d] + embedding[l][d];
            }
        }
        double[][] patchesOut = linear("proj_out", y);
        double[] velocity = new double[shape.elements() / shape.channels() * config.outChannels()];
        eachElement(
                shape,
                config.outChannels(),
                (token, c, offset, index) -> velocity[index] = patchesOut[token][offset * config.outChannels() + c]);
        return velocity;
    }

    @FunctionalInterface
    private interface Element {
        void visit(int token, int channel, int offsetInPatch, int index);
    }

    private void eachElement(LatentShape shape, int channels, Element element) {
        int index = 0;
        for (int c = 0; c < channels; c++) {
            for (int t = 0; t < shape.frames(); t++) {
                for (int h = 0; h < shape.height(); h++) {
                    for (int w = 0; w < shape.width(); w++) {
                        int token = (t / config.patchTime() * (shape.height() / config.patchHeight())
                                                + h / config.patchHeight())
                                        * (shape.width() / config.patchWidth())
                                + w / config.patchWidth();
                        int offset = (t % config.patchTime() * config.patchHeight() + h % config.patchHeight())
                                        * config.patchWidth()
                                + w % config.patchWidth();
                        element.visit(token, c, offset, index++);
                    }
                }
            }
        }
    }

    private double[][] block(String key, double[][] x, double[][] text, double[][] time, int[] grid) {
        double[] table = values(key + ".scale_shift_table");
        double[][] y = modulated(normed(x), table, time, 0);
        gate(x, attention(key + ".attn1", y, y, grid), table, time, 2);
        double[][] z = config.crossNorm() ? affine(key + ".norm2", normed(x)) : x;
        double[][] cross = attention(key + ".attn2", z, text, null);
        for (int l = 0; l < x.length; l++) {
            for (int d = 0; d < width; d++) {
                x[l][d] += cross[l][d];
            }
        }
        double[][] u = modulated(normed(x), table, time, 3);
        double[][] inner = each(NaiveTransformer::gelu, linear(key + ".ffn.net.0.proj", u));
        gate(x, linear(key + ".ffn.net.2", inner), table, time, 5);
        return x;
    }

    private double[][] modulated(double[][] y, double[] table, double[][] time, int row) {
        for (int l = 0; l < y.length; l++) {
            for (int d = 0; d < width; d++) {
                int shift = row * width + d;
                int scale = shift + width;
                y[l][d] = y[l][d] * (1 + table[scale] + time[l][scale]) + table[shift] + time[l][shift];
            }
        }
        return y;
    }

    private void gate(double[][] x, double[][] residual, double[] table, double[][] time, int row) {
        for (int l = 0; l < x.length; l++) {
            for (int d = 0; d < width; d++) {
                x[l][d] += residual[l][d] * (table[row * width + d] + time[l][row * width + d]);
            }
        }
    }

    private double[][] attention(String key, double[][] x, double[][] context, int @Nullable [] grid) {
        double[][] q = rms(key + ".norm_q", linear(key + ".to_q", x));
        double[][] k = rms(key + ".norm_k", linear(key + ".to_k", context));
        double[][] v = linear(key + ".to_v", context);
        if (grid != null) {
            rotate(q, grid);
            rotate(k, grid);
        }
        double[][] merged = new double[x.length][width];
        int size = config.headSize();
        for (int head = 0; head < config.heads(); head++) {
            for (int i = 0; i < q.length; i++) {
                double[] score = new double[k.length];
                double sum = 0;
                for (int j = 0; j < k.length; j++) {
                    for (int d = head * size; d < (head + 1) * size; d++) {
                        score[j] += q[i][d] * k[j][d] / Math.sqrt(size);
                    }
                    score[j] = Math.exp(score[j]);
                    sum += score[j];
                }
                for (int j = 0; j < k.length; j++) {
                    for (int d = head * size; d < (head + 1) * size; d++) {
                        merged[i][d] += score[j] / sum * v[j][d];
                    }
                }
            }
        }
        return linear(key + ".to_out.0", merged);
    }

    private void rotate(double[][] x, int[] grid) {
        int size = config.headSize();
        int spatial = 2 * (size / 6);
        for (int token = 0; token < x.length; token++) {
            int[] position = {token / (grid[1] * grid[2]), token / grid[2] % grid[1], token % grid[2]};
            for (int head = 0; head < config.heads(); head++) {
                int pair = head * size;
                for (int axis = 0; axis < 3; axis++) {
                    int dim = axis == 0 ? size - 2 * spatial : spatial;
                    for (int p = 0; p < dim / 2; p++, pair += 2) {
                        double angle = position[axis] * Math.pow(10000, -2.0 * p / dim);
                        double a = x[token][pair];
                        double b = x[token][pair + 1];
                        x[token][pair] = a * Math.cos(angle) - b * Math.sin(angle);
                        x[token][pair + 1] = a * Math.sin(angle) + b * Math.cos(angle);
                    }
                }
            }
        }
    }

    private double[][] sinusoids(double[] timesteps) {
        int half = config.frequencyDim() / 2;
        double[][] table = new double[timesteps.length][2 * half];
        for (int l = 0; l < timesteps.length; l++) {
            for (int i = 0; i < half; i++) {
                double angle = timesteps[l] * Math.pow(10000, -(double) i / half);
                table[l][i] = Math.cos(angle);
                table[l][half + i] = Math.sin(angle);
            }
        }
        return table;
    }

    private double[][] linear(String key, double[][] x) {
        double[] weight = values(key + ".weight");
        double[] bias = values(key + ".bias");
        int in = x[0].length;
        double[][] y = new double[x.length][bias.length];
        for (int l = 0; l < x.length; l++) {
            for (int o = 0; o < bias.length; o++) {
                y[l][o] = bias[o];
                for (int i = 0; i < in; i++) {
                    y[l][o] += weight[o * in + i] * x[l][i];
                }
            }
        }
        return y;
    }

    private double[][] normed(double[][] x) {
        double[][] y = new double[x.length][width];
        for (int l = 0; l < x.length; l++) {
            double mean = 0;
            double square = 0;
            for (double value : x[l]) {
                mean += value / width;
            }
            for (double value : x[l]) {
                square += (value - mean) * (value - mean) / width;
            }
            for (int d = 0; d < width; d++) {
                y[l][d] = (x[l][d] - mean) / Math.sqrt(square + config.epsilon());
            }
        }
        return y;
    }

    private double[][] affine(String key, double[][] y) {
        double[] weight = values(key + ".weight");
        double[] bias = values(key + ".bias");
        for (double[] row : y) {
            for (int d = 0; d < width; d++) {
                row[d] = row[d] * weight[d] + bias[d];
            }
        }
        return y;
    }

    private double[][] rms(String key, double[][] x) {
        double[] weight = values(key + ".weight");
        for (double[] row : x) {
            double square = 0;
            for (double value : row) {
                square += value * value / width;
            }
            for (int d = 0; d < width; d++) {
                row[d] *= weight[d] / Math.sqrt(square + config.epsilon());
            }
        }
        return x;
    }

    private static double[][] each(DoubleUnaryOperator function, double[][] x) {
        double[][] y = new double[x.length][];
        for (int l = 0; l < x.length; l++) {
            y[l] = Arrays.stream(x[l]).map(function).toArray();
        }
        return y;
    }

    private static double silu(double x) {
        return x / (1 + Math.exp(-x));
    }

    private static double gelu(double x) {
        return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
    }

    private double[] values(String key) {
        float[] floats = Objects.requireNonNull(weights.get(key), key).toFloats();
        double[] values = new double[floats.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = floats[i];
        }
        return values;
    }
}
