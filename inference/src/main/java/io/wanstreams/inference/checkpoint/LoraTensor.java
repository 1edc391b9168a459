package io.wanstreams.inference.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** What a LoRA file has for one tensor of the model. */
sealed interface LoraTensor {

    Path file();

    /** Reads it. */
    Delta.Addend open(float factor) throws IOException;

    /** The whole difference. */
    record Full(StoredTensor values) implements LoraTensor {
        @Override
        public Path file() {
            return values.file();
        }

        @Override
        public Delta.Addend open(float factor) throws IOException {
            float[] difference = values.toFloats();
            return (into, first, count) -> {
                for (int i = 0; i < count; i++) {
                    into[i] += factor * difference[(int) first + i];
                }
            };
        }
    }

    /**
     * up · down.
     *
     * @param up [out, rank]
     * @param down [rank, in]
     */
    record LowRank(StoredTensor up, StoredTensor down, int rank, int in) implements LoraTensor {
        @Override
        public Path file() {
            return up.file();
        }

        @Override
        public Delta.Addend open(float factor) throws IOException {
            float[] left = up.toFloats();
            float[] right = down.toFloats();
            return (into, first, count) -> {
                float[] row = new float[in];
                int done = 0;
                while (done < count) {
                    int column = (int) ((first + done) % in);
                    int width = Math.min(in - column, count - done);
                    product(left, right, (int) ((first + done) / in), row);
                    for (int i = 0; i < width; i++) {
                        into[done + i] += factor * row[column + i];
                    }
                    done += width;
                }
            };
        }

        private void product(float[] left, float[] right, int out, float[] row) {
            Arrays.fill(row, 0);
            for (int k = 0; k < rank; k++) {
                float weight = left[out * rank + k];
                int at = k * in;
                for (int i = 0; i < in; i++) {
                    row[i] += weight * right[at + i];
                }
            }
        }
    }
}
