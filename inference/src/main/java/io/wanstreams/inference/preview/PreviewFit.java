package io.wanstreams.inference.preview;

import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.vae.LatentGrid;
import io.wanstreams.inference.vae.VaeEncoder;
import java.util.Arrays;

/**
 * Fits a preview map to an autoencoder: pictures are encoded, and the map is the one that comes nearest to giving them back.
 * The pictures come from fixed seeds, so the same autoencoder gives the same map.
 */
final class PreviewFit {

    private static final int COLOURS = 3;
    private static final int CLIPS = 24;
    /** Latent positions of a clip, each way. */
    private static final int POSITIONS = 8;
    /** Pixels of the autoencoder's per pixel of a preview, each way, where its stride divides by it. */
    private static final int SHRINKING = 4;

    private final VaeEncoder encoder;
    private final LatentGrid grid;
    private final int patch;
    private final int edge;
    private final LeastSquares first;
    private final LeastSquares later;

    private PreviewFit(VaeEncoder encoder) {
        this.encoder = encoder;
        this.grid = encoder.grid();
        this.patch = patch(grid.stride());
        this.edge = POSITIONS * grid.stride();
        this.first = new LeastSquares(grid.channels() + 1, COLOURS * patch * patch);
        this.later = new LeastSquares(grid.channels() + 1, COLOURS * patch * patch);
    }

    /** Pixels of a preview per latent position, each way. */
    static int patch(int stride) {
        return stride % SHRINKING == 0 ? stride / SHRINKING : 1;
    }

    /** [kinds, patch, patch, 3, channels + 1], see {@link PreviewMap}. */
    static float[] weights(VaeEncoder encoder) {
        PreviewFit fit = new PreviewFit(encoder);
        for (int clip = 0; clip < CLIPS; clip++) {
            fit.add(new SampleClip(fit.edge, clip));
        }
        float[] one = fit.first.solve();
        float[] both = Arrays.copyOf(one, PreviewMap.KINDS * one.length);
        System.arraycopy(fit.later.solve(), 0, both, one.length, one.length);
        return both;
    }

    /** Both kinds of latent frames: the first, which is one frame, and one of those that are several. */
    private void add(SampleClip clip) {
        int perLatent = grid.framesPerLatent();
        int frames = 1 + perLatent;
        float[] latents = encoder.encode(clip::frame, frames, edge, edge, new Cancellation());
        add(first, latents, 0, clip.frame(0));
        float[] mean = new float[COLOURS * edge * edge];
        for (int frame = 1; frame < frames; frame++) {
            float[] values = clip.frame(frame);
            for (int i = 0; i < mean.length; i++) {
                mean[i] += values[i] / perLatent;
            }
        }
        add(later, latents, 1, mean);
    }

    /** @param latents [channels, 2, positions, positions] */
    private void add(LeastSquares sums, float[] latents, int frame, float[] pixels) {
        int channels = grid.channels();
        double[] input = new double[channels + 1];
        input[channels] = 1;
        for (int y = 0; y < POSITIONS; y++) {
            for (int x = 0; x < POSITIONS; x++) {
                for (int channel = 0; channel < channels; channel++) {
                    input[channel] = latents[((channel * 2 + frame) * POSITIONS + y) * POSITIONS + x];
                }
                sums.add(input, square(pixels, y, x));
            }
        }
    }

    /** What a position should look like: [patch, patch, 3]. */
    private double[] square(float[] pixels, int y, int x) {
        double[] square = new double[COLOURS * patch * patch];
        int shrinking = grid.stride() / patch;
        for (int row = 0; row < patch; row++) {
            for (int column = 0; column < patch; column++) {
                for (int colour = 0; colour < COLOURS; colour++) {
                    square[(row * patch + column) * COLOURS + colour] =
                            mean(pixels, colour, (y * patch + row) * shrinking, (x * patch + column) * shrinking);
                }
            }
        }
        return square;
    }

    private double mean(float[] pixels, int colour, int top, int left) {
        int shrinking = grid.stride() / patch;
        double sum = 0;
        for (int y = top; y < top + shrinking; y++) {
            for (int x = left; x < left + shrinking; x++) {
                sum += pixels[(colour * edge + y) * edge + x];
            }
        }
        return sum / shrinking / shrinking;
    }
}
