package io.wanstreams.contracts.request;

import com.fasterxml.jackson.annotation.JsonIgnore;
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
        Preset preset,
        ModelDefaults wan,
        ModelDefaults diffusers,
        List<String> trainedSizes,
        int trainedFrames) {

    private static final Pattern SLUG = Pattern.compile("[a-z0-9.-]{1,48}");

    public ModelProfile {
        trainedSizes = List.copyOf(trainedSizes);
        checkName(name);
    }

    /**
     * Checks a model's name.
     *
     * @throws IllegalArgumentException when it is not a slug
     */
    public static void checkName(String name) {
        if (!SLUG.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a model's name is 1 to 48 of a-z, 0-9, '.' and '-', found '" + name + "'");
        }
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
        return of == Preset.WAN ? wan : diffusers;
    }
}
