package io.wanstreams.contracts.job;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.sharing.Shared;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a stage made.
 *
 * @param text short texts by name, for example {@code prompt}
 * @param bundles references to bundles by name, for example {@code latents}
 */
public record StageOutputs(SortedMap<String, String> text, SortedMap<String, BundleRef> bundles) {

    /** The final prompt and negative prompt, from the prompt stage. */
    public static final String PROMPT = "prompt";

    public static final String NEGATIVE_PROMPT = "negative_prompt";

    /** Text embeddings and image conditioning, from the encode stage. */
    public static final String CONDITIONING = "conditioning";

    /** Latents (and between experts the solver's history), from a denoise stage. */
    public static final String LATENTS = "latents";

    /** Results of the decode stage. */
    public static final String VIDEO = "video";

    public static final String THUMBNAIL = "thumbnail";
    public static final String SPRITESHEET = "spritesheet";
    public static final String FRAMES = "frames";

    public StageOutputs {
        text = Shared.map(text);
        bundles = bundles.isEmpty()
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(bundles));
    }

    public static StageOutputs ofText(Map<String, String> text) {
        return new StageOutputs(new TreeMap<>(text), new TreeMap<>());
    }

    public static StageOutputs ofBundles(Map<String, BundleRef> bundles) {
        return new StageOutputs(new TreeMap<>(), new TreeMap<>(bundles));
    }
}
