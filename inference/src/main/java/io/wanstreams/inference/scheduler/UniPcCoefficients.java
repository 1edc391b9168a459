package io.wanstreams.inference.scheduler;

/**
 * The scalars of UniPC (bh2, order 2, predicting x0), in fp32 from the fp32 sigmas as the references compute them: where
 * 1 − σ cancels, double precision would give another result. Source: transformer-and-text.md §8.3.
 */
final class UniPcCoefficients {

    /** y = ratio · x − gain · m_i, and with order 2 − gain · ½ (m_{i−1} − m_i) / r. */
    record Predictor(int order, float h, float e, float r, float ratio, float gain) {}

    /** x = ratio · last − gain · (m_{i−1} + p (m_{i−2} − m_{i−1}) / r + q (m_i − m_{i−1})). */
    record Corrector(int order, float h, float e, float r, float p, float q, float ratio, float gain) {}

    private final NoiseLevels levels;

    UniPcCoefficients(NoiseLevels levels) {
        this.levels = levels;
    }

    /** From step i to step i + 1; not for the last step, where h is infinite. */
    Predictor predictor(int i) {
        int order = order(i);
        float h = levels.lambda(i + 1) - levels.lambda(i);
        float e = expm1(-h);
        float r = order == 2 ? (levels.lambda(i - 1) - levels.lambda(i)) / h : 0;
        return new Predictor(order, h, e, r, levels.sigma(i + 1) / levels.sigma(i), (1 - levels.sigma(i + 1)) * e);
    }

    /** For the latents at which step i begins, i ≥ 1. */
    Corrector corrector(int i) {
        int order = order(i - 1);
        float h = levels.lambda(i) - levels.lambda(i - 1);
        float e = expm1(-h);
        float ratio = levels.sigma(i) / levels.sigma(i - 1);
        float gain = (1 - levels.sigma(i)) * e;
        if (order == 1) {
            return new Corrector(order, h, e, 0, 0, 0.5f, ratio, gain);
        }
        float r = (levels.lambda(i - 2) - levels.lambda(i - 1)) / h;
        float f1 = e / -h - 1;
        float b1 = f1 / e;
        float f2 = f1 / -h - 0.5f;
        float b2 = 2 * f2 / e;
        float p = (b1 - b2) / (1 - r);
        return new Corrector(order, h, e, r, p, b1 - p, ratio, gain);
    }

    private int order(int i) {
        return Math.min(2, Math.min(levels.steps() - i, i + 1));
    }

    private static float expm1(float x) {
        return (float) StrictMath.expm1(x);
    }
}
