package io.wanstreams.inference.transformer;

/**
 * The noise level that a pass is told, 0 to the number of training timesteps.
 *
 * @param cleanFirstFrame tokens of latent frame 0 get timestep 0: they come from an image (transformer-and-text.md §5.4)
 */
public record Timestep(double value, boolean cleanFirstFrame) {
    public Timestep {
        if (!Double.isFinite(value) || value < 0) {
            throw new IllegalArgumentException("A timestep is a number from 0, not " + value + ".");
        }
    }

    /** The same timestep for every token. */
    public static Timestep of(double value) {
        return new Timestep(value, false);
    }
}
