package io.wanstreams.inference.preview;

/**
 * Finds the linear map with the least sum of squared errors, by the normal equations (XᵀX + λI) W = XᵀY and Cholesky's
 * decomposition. Samples are added one by one; memory does not grow with them.
 */
final class LeastSquares {

    /** Keeps inputs that hardly vary from getting huge weights; as a share of the mean square of the inputs. */
    private static final double RIDGE = 1e-4;

    private final int inputs;
    private final int outputs;
    private final double[][] products;
    private final double[][] targets;

    LeastSquares(int inputs, int outputs) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.products = new double[inputs][inputs];
        this.targets = new double[inputs][outputs];
    }

    void add(double[] input, double[] output) {
        for (int i = 0; i < inputs; i++) {
            for (int j = 0; j <= i; j++) {
                products[i][j] += input[i] * input[j];
            }
            for (int k = 0; k < outputs; k++) {
                targets[i][k] += input[i] * output[k];
            }
        }
    }

    /** [outputs, inputs] */
    float[] solve() {
        double[][] root = cholesky();
        float[] weights = new float[outputs * inputs];
        for (int k = 0; k < outputs; k++) {
            double[] column = new double[inputs];
            for (int i = 0; i < inputs; i++) {
                double sum = targets[i][k];
                for (int j = 0; j < i; j++) {
                    sum -= root[i][j] * column[j];
                }
                column[i] = sum / root[i][i];
            }
            for (int i = inputs - 1; i >= 0; i--) {
                double sum = column[i];
                for (int j = i + 1; j < inputs; j++) {
                    sum -= root[j][i] * column[j];
                }
                column[i] = sum / root[i][i];
                weights[k * inputs + i] = (float) column[i];
            }
        }
        return weights;
    }

    private double[][] cholesky() {
        double trace = 0;
        for (int i = 0; i < inputs; i++) {
            trace += products[i][i];
        }
        double ridge = Math.max(RIDGE * trace / inputs, Double.MIN_NORMAL);
        double[][] root = new double[inputs][inputs];
        for (int i = 0; i < inputs; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = products[i][j] + (i == j ? ridge : 0);
                for (int k = 0; k < j; k++) {
                    sum -= root[i][k] * root[j][k];
                }
                root[i][j] = i == j ? Math.sqrt(sum) : sum / root[j][j];
            }
        }
        return root;
    }
}
