package io.wanstreams.gateway.request;

import io.wanstreams.contracts.request.ImageInput;
import io.wanstreams.contracts.request.ModelDefaults;
import io.wanstreams.contracts.request.ModelProfile;
import io.wanstreams.contracts.request.Preset;
import io.wanstreams.contracts.request.VideoRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes of a draft the request that is carried out: every gap filled, every value checked, what was adjusted said. */
public final class RequestResolver {

    private final Map<String, ModelProfile> models;
    private final RequestLimits limits;

    /**
     * Resolves for these models.
     *
     * @param models the served ones, the default first
     */
    public RequestResolver(Collection<ModelProfile> models, RequestLimits limits) {
        if (models.isEmpty()) {
            throw new IllegalArgumentException("No model is served: set wan.models.<name>");
        }
        this.models = new LinkedHashMap<>();
        models.forEach(model -> this.models.put(model.name(), model));
        this.limits = limits;
    }

    /** The served models, the default first. */
    public List<ModelProfile> models() {
        return List.copyOf(models.values());
    }

    /** The model a draft is for. */
    public ModelProfile model(RequestDraft draft) {
        return draft.model() == null ? models.values().iterator().next() : model(draft.model());
    }

    /** The model of this name. */
    public ModelProfile model(String name) {
        ModelProfile model = models.get(name);
        if (model == null) {
            throw new RefusedException(new Refusal(
                    "model",
                    Refusal.MODEL_NOT_FOUND,
                    "This gateway does not serve that model; it serves " + String.join(", ", models.keySet()) + "."));
        }
        return model;
    }

    /** Whose defaults fill a draft's gaps. */
    public Preset preset(RequestDraft draft) {
        return draft.preset() == null ? model(draft).preset() : Choice.of("preset", draft.preset(), Preset::parse);
    }

    /**
     * Resolves a draft.
     *
     * @param drawnSeed for a draft that names none
     * @param given what came with it
     * @throws RefusedException naming the field, what was found and the nearest valid values
     */
    public VideoRequest resolve(RequestDraft draft, long drawnSeed, Attachments given) {
        ModelProfile model = model(draft);
        Preset preset = preset(draft);
        ModelDefaults defaults = model.defaults(preset);
        List<String> warnings = new ArrayList<>();
        FrameSize size = new SizeRule(model, limits).resolve(draft, defaults, shaping(model, preset, given), warnings);
        LengthRule.Length length = new LengthRule(model, limits).resolve(draft, defaults, warnings);
        new ImageRule(model).check(given, length.numFrames());
        refuseTooManyTokens(model, size, length);
        return new VideoRequest(
                model.name(),
                preset,
                new PromptRule(limits).resolve(draft, defaults, given.image() != null),
                size.width(),
                size.height(),
                length.numFrames(),
                length.fps(),
                given.storedImage(),
                given.storedLastImage(),
                new DenoiseRule(model, preset).resolve(draft, drawnSeed, given.noise(), warnings),
                Boolean.TRUE.equals(draft.saveFrames()),
                deadline(draft),
                metadata(draft),
                warnings);
    }

    /** The image whose shape the video takes, with the original repository's preset. */
    private static @Nullable GivenImage shaping(ModelProfile model, Preset preset, Attachments given) {
        return preset != Preset.DIFFUSERS && model.image() != ImageInput.REFUSED ? given.image() : null;
    }

    /** Refuses images that the draft's model has no use for, before they are looked at. */
    public void checkImages(RequestDraft draft, boolean hasImage, boolean hasLastImage) {
        new ImageRule(model(draft)).check(hasImage, hasLastImage);
    }

    /** How many videos a draft asks for. */
    public int count(RequestDraft draft) {
        int count = draft.n() == null ? 1 : draft.n();
        Range.check("n", count, 1, limits.variants());
        return count;
    }

    /** The request of a job again, with another prompt. */
    public VideoRequest remix(VideoRequest original, @Nullable String prompt) {
        model(original.model());
        return original.withPrompt(new PromptRule(limits).remix(original.prompt(), prompt));
    }

    private void refuseTooManyTokens(ModelProfile model, FrameSize size, LengthRule.Length length) {
        long perFrame = (long) (size.width() / model.sizeMultiple()) * (size.height() / model.sizeMultiple());
        long latentFrames = (length.numFrames() - 1L) / model.temporalStride() + 1;
        long tokens = perFrame * latentFrames;
        if (tokens <= limits.tokens()) {
            return;
        }
        long fitting = (limits.tokens() / perFrame - 1) * model.temporalStride() + 1;
        throw RefusedException.invalid(
                "num_frames",
                "A video of " + size + " and " + length.numFrames() + " frames is too large: "
                        + (fitting >= 1
                                ? "at this size up to " + fitting + " frames are possible."
                                : "not one frame of this size is possible."));
    }

    private Duration deadline(RequestDraft draft) {
        Long seconds = draft.deadlineS();
        if (seconds == null) {
            return limits.defaultDeadline();
        }
        Range.check("deadline_s", seconds, 1, limits.longestDeadline().toSeconds());
        return Duration.ofSeconds(seconds);
    }

    private SortedMap<String, String> metadata(RequestDraft draft) {
        Map<String, String> metadata = draft.metadata();
        if (metadata.size() > limits.metadataKeys()) {
            throw RefusedException.invalid(
                    "metadata",
                    "metadata has at most " + limits.metadataKeys() + " keys, found " + metadata.size() + ".");
        }
        metadata.forEach((key, value) -> {
            if (key.isEmpty()
                    || key.length() > limits.metadataKeyChars()
                    || value.length() > limits.metadataValueChars()) {
                throw RefusedException.invalid(
                        "metadata",
                        "metadata's keys have 1 to " + limits.metadataKeyChars() + " characters and its values at most "
                                + limits.metadataValueChars() + ".");
            }
        });
        return new TreeMap<>(metadata);
    }
}
