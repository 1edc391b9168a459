package io.wanstreams.inference.umt5;

import io.wanstreams.inference.checkpoint.TextEncoderConfig;
import io.wanstreams.tensors.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/** transformer-and-text.md §3.3 once more: in double, at full length with a mask, nothing shared with the graph. */
final class NaiveTextEncoder {
    private final TextEncoderConfig config;
    private final Map<String, Tensor> weights;

    NaiveTextEncoder(TextEncoderConfig config, Map<String, Tensor> weights) {
        this.config = config;
        this.weights = weights;
    }

    /** Rows of all positions; ids from {@code valid} on are padding. */
    double[][] encode(int[] ids, int valid) {
        float[] embedding = values("shared.weight");
        double[][] x = new double[ids.length][config.width()];
        for (int i = 0; i < ids.length; i++) {
            for (int d = 0; d < config.width(); d++) {
                x[i][d] = embedding[ids[i] * config.width() + d];
            }
        }
        for (int layer = 0; layer < config.layers(); layer++) {
            String key = "encoder.block." + layer + ".layer.";
            x = sum(x, attention(key + "0.SelfAttention.", norm(key + "0.layer_norm", x), valid));
            double[][] normed = norm(key + "1.layer_norm", x);
            double[][] gate = linear(key + "1.DenseReluDense.wi_0", normed);
            double[][] product = linear(key + "1.DenseReluDense.wi_1", normed);
            for (int i = 0; i < product.length; i++) {
                for (int d = 0; d < product[i].length; d++) {
                    product[i][d] *= gelu(gate[i][d]);
                }
            }
            x = sum(x, linear(key + "1.DenseReluDense.wo", product));
        }
        return norm("encoder.final_layer_norm", x);
    }

    private double[][] attention(String key, double[][] x, int valid) {
        double[][] q = linear(key + "q", x);
        double[][] k = linear(key + "k", x);
        double[][] v = linear(key + "v", x);
        float[] bias = values(key + "relative_attention_bias.weight");
        double[][] merged = new double[x.length][config.heads() * config.headSize()];
        for (int head = 0; head < config.heads(); head++) {
            int first = head * config.headSize();
            for (int i = 0; i < x.length; i++) {
                double[] score = new double[x.length];
                for (int j = 0; j < x.length; j++) {
                    for (int d = first; d < first + config.headSize(); d++) {
                        score[j] += q[i][d] * k[j][d];
                    }
                    score[j] += bias[bucket(j - i) * config.heads() + head] + (j < valid ? 0 : -Float.MAX_VALUE);
                }
                double most = Arrays.stream(score).max().orElseThrow();
                double all = Arrays.stream(score).map(s -> Math.exp(s - most)).sum();
                for (int j = 0; j < x.length; j++) {
                    for (int d = first; d < first + config.headSize(); d++) {
                        merged[i][d] += Math.exp(score[j] - most) / all * v[j][d];
                    }
                }
            }
        }
        return linear(key + "o", merged);
    }

    private int bucket(int relative) {
        int half = config.relativeBuckets() / 2;
        int exact = half / 2;
        int distance = Math.abs(relative);
        double wide = Math.log((double) distance / exact) / Math.log((double) config.relativeMaxDistance() / exact);
        // A hair more, so that a quotient that is whole does not fall below itself.
        int bucket = distance < exact ? distance : Math.min(half - 1, exact + (int) (wide * (half - exact) + 1e-9));
        return bucket + (relative > 0 ? half : 0);
    }

    private double[][] norm(String key, double[][] x) {
        float[] weight = values(key + ".weight");
        double[][] y = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            double mean =
                    Arrays.stream(x[i]).map(value -> value * value).average().orElseThrow();
            y[i] = new double[x[i].length];
            for (int d = 0; d < y[i].length; d++) {
                y[i][d] = weight[d] * x[i][d] / Math.sqrt(mean + config.epsilon());
            }
        }
        return y;
    }

    private double[][] linear(String key, double[][] x) {
        float[] weight = values(key + ".weight");
        int in = x[0].length;
        double[][] y = new double[x.length][weight.length / in];
        for (int i = 0; i < x.length; i++) {
            for (int o = 0; o < y[i].length; o++) {
                for (int d = 0; d < in; d++) {
                    y[i][o] += weight[o * in + d] * x[i][d];
                }
            }
        }
        return y;
    }

    private static double[][] sum(double[][] a, double[][] b) {
        double[][] sum = new double[a.length][a[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int d = 0; d < a[i].length; d++) {
                sum[i][d] = a[i][d] + b[i][d];
            }
        }
        return sum;
    }

    private static double gelu(double x) {
        return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
    }

    private float[] values(String key) {
        return Objects.requireNonNull(weights.get(key), key).toFloats();
    }
}
