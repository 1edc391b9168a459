package io.wanstreams.contracts.request;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.wanstreams.contracts.job.StageName;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the services must know of a model without its weights.
 *
 * @param name under which it is served
 * @param twoExperts whether a high-noise and a low-noise transformer take turns
 * @param expandTimesteps whether timesteps are given per token
 * @param boundaryRatio where the experts change; null with one
 * @param latentChannels channels of a latent frame
 * @param spatialStride pixels per latent position, each way
 * @param temporalStride pixel frames per latent frame after the first
 * @param patchSize latent positions per token, each way
 * @param image whether it makes videos from images; profiles older than the question say no
 * @param preset whose defaults count unless a request says otherwise
 * @param wan defaults of the original repository
 * @param diffusers defaults of Diffusers
 * @param trainedSizes sizes {@code WxH} the model knows; empty where unknown
 * @param trainedFrames frame count beyond which the model was not trained
 */
public record ModelProfile(
        String name,
        boolean twoExperts,
        boolean expandTimesteps,
        @Nullable Double boundaryRatio,
        int latentChannels,
        int spatialStride,
        int temporalStride,
        int patchSize,
        @JsonProperty(defaultValue = "refused") ImageInput image,
        Preset preset,
        ModelDefaults wan,
        ModelDefaults diffusers,
        List<String> trainedSizes,
        int trainedFrames) {

    private static final Pattern SLUG = Pattern.compile("[a-z0-9.-]{1,48}");

    private static final int FOUND_LIMIT_CHARS = 60;

    public ModelProfile {
        image = image == null ? ImageInput.REFUSED : image;
        trainedSizes = List.copyOf(trainedSizes);
        checkName(name);
        if (twoExperts == (boundaryRatio == null)) {
            throw new IllegalArgumentException("a model has a boundary ratio if, and only if, it has two experts");
        }
        if (boundaryRatio != null && !(boundaryRatio > 0 && boundaryRatio < 1)) {
            throw new IllegalArgumentException("boundary_ratio lies between 0 and 1, found " + boundaryRatio);
        }
        if (latentChannels < 1 || spatialStride < 1 || temporalStride < 1 || patchSize < 1 || trainedFrames < 1) {
            throw new IllegalArgumentException("latent_channels, spatial_stride, temporal_stride, patch_size and"
                    + " trained_frames are at least 1");
        }
        long multiple = (long) spatialStride * patchSize;
        checkFits("wan", wan, multiple, temporalStride);
        checkFits("diffusers", diffusers, multiple, temporalStride);
    }

    private static void checkFits(String preset, ModelDefaults defaults, long multiple, int temporalStride) {
        if (defaults.width() % multiple != 0 || defaults.height() % multiple != 0) {
            throw new IllegalArgumentException("default size of preset " + preset + " is a multiple of " + multiple
                    + " each way, found " + defaults.width() + "x" + defaults.height());
        }
        if ((defaults.numFrames() - 1) % temporalStride != 0) {
            throw new IllegalArgumentException("default num_frames of preset " + preset
                    + " is 1 more than a multiple of " + temporalStride + ", found " + defaults.numFrames());
        }
    }

    /**
     * Checks a model's name.
     *
     * @throws IllegalArgumentException when it is not a slug
     */
    public static void checkName(String name) {
        if (!SLUG.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a model's name is 1 to 48 of a-z, 0-9, '.' and '-', found '" + shortened(name) + "'");
        }
    }

    private static String shortened(String name) {
        return name.length() <= FOUND_LIMIT_CHARS ? name : name.substring(0, FOUND_LIMIT_CHARS) + "…";
    }

    /** The stages of a job of this model, in order. */
    public List<StageName> route() {
        return twoExperts ? StageName.TWO_EXPERTS : StageName.ONE_EXPERT;
    }

    /** Width and height are multiples of this. */
    @JsonIgnore
    public int sizeMultiple() {
        return spatialStride * patchSize;
    }

    /** The defaults of a preset. */
    public ModelDefaults defaults(Preset of) {
        return switch (of) {
            case WAN -> wan;
            case DIFFUSERS -> diffusers;
            case LIGHTNING -> wan.distilled();
        };
    }
}
