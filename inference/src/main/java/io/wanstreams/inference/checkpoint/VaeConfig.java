package io.wanstreams.inference.checkpoint;

import java.util.List;

/**
 * {@code vae/config.json}; defaults are those of the Wan2.1 VAE (vae.md §1, §2).
 *
 * @param baseWidth encoder's base width
 * @param decoderBaseWidth decoder's base width
 * @param latentChannels {@code z_dim}
 * @param widthMultipliers one per stage
 * @param residualBlocks per encoder stage; the decoder has one more
 * @param temporalDownsample one per transition between stages; the decoder uses it reversed
 * @param residual whether stages have the shortcuts of the Wan2.2 VAE
 * @param inChannels after patchify
 * @param outChannels before unpatchify
 * @param patch spatial patch extent, 1 for none
 * @param latentsMean one per latent channel
 * @param latentsStd one per latent channel, plain standard deviation
 */
public record VaeConfig(
        int baseWidth,
        int decoderBaseWidth,
        int latentChannels,
        List<Integer> widthMultipliers,
        int residualBlocks,
        List<Boolean> temporalDownsample,
        boolean residual,
        int inChannels,
        int outChannels,
        int patch,
        int temporalStride,
        int spatialStride,
        List<Double> latentsMean,
        List<Double> latentsStd) {
    private static final List<Double> MEAN = List.of(
            -0.7571, -0.7089, -0.9113, 0.1075, -0.1745, 0.9653, -0.1517, 1.5508, 0.4134, -0.0715, 0.5517, -0.3632,
            -0.1922, -0.9497, 0.2503, -0.2921);
    private static final List<Double> STD = List.of(
            2.8184, 1.4541, 2.3275, 2.6558, 1.2196, 1.7708, 2.6052, 2.0743, 3.2687, 2.1526, 2.8652, 1.5579, 1.6382,
            1.1253, 2.8251, 1.9160);

    public VaeConfig {
        widthMultipliers = List.copyOf(widthMultipliers);
        temporalDownsample = List.copyOf(temporalDownsample);
        latentsMean = List.copyOf(latentsMean);
        latentsStd = List.copyOf(latentsStd);
        if (latentsMean.size() != latentChannels || latentsStd.size() != latentChannels) {
            throw new IllegalArgumentException("latents_mean and latents_std must have z_dim = " + latentChannels
                    + " numbers, not " + latentsMean.size() + " and " + latentsStd.size());
        }
        if (latentsStd.stream().anyMatch(std -> !(std > 0))) {
            throw new IllegalArgumentException("latents_std must be above 0, not " + latentsStd);
        }
        if (temporalDownsample.size() != widthMultipliers.size() - 1) {
            throw new IllegalArgumentException("temperal_downsample must have one entry less than dim_mult, not "
                    + temporalDownsample + " for " + widthMultipliers);
        }
    }

    /** Frames that become one latent frame, for all latent frames but the first, which is one frame. */
    public int framesPerLatent() {
        return 1 << temporalDownsample.stream().filter(time -> time).count();
    }

    /** Pixels per latent position, each way. */
    public int pixelsPerLatent() {
        return patch << (widthMultipliers.size() - 1);
    }

    static VaeConfig of(ConfigFile file) {
        if (!file.numbers("attn_scales", List.of()).isEmpty()) {
            throw new CheckpointException("File " + file.path() + " has attn_scales, supported is an empty list.");
        }
        int base = file.size("base_dim", 96);
        try {
            return new VaeConfig(
                    base,
                    file.size("decoder_base_dim", base),
                    file.size("z_dim", 16),
                    file.sizes("dim_mult", List.of(1, 2, 4, 4)),
                    file.size("num_res_blocks", 2),
                    file.flags("temperal_downsample", List.of(false, true, true)),
                    file.flag("is_residual", false),
                    file.size("in_channels", 3),
                    file.size("out_channels", 3),
                    file.size("patch_size", 1),
                    file.size("scale_factor_temporal", 4),
                    file.size("scale_factor_spatial", 8),
                    file.numbers("latents_mean", MEAN),
                    file.numbers("latents_std", STD));
        } catch (IllegalArgumentException e) {
            throw new CheckpointException("File " + file.path() + " cannot be used: " + e.getMessage() + ".", e);
        }
    }
}
