package io.wanstreams.local;

import static io.wanstreams.inference.memory.MemoryNeed.gibibytes;

import io.wanstreams.contracts.request.ImageInput;
import io.wanstreams.contracts.request.ModelProfile;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.checkpoint.Precision;
import io.wanstreams.inference.checkpoint.Processor;
import io.wanstreams.inference.checkpoint.TextEncoderConfig;
import io.wanstreams.inference.checkpoint.TransformerConfig;
import io.wanstreams.inference.checkpoint.VaeConfig;
import io.wanstreams.inference.checkpoint.WeightFacts;
import io.wanstreams.inference.memory.MemoryLimit;
import io.wanstreams.inference.memory.MemoryNeed;
import io.wanstreams.inference.memory.MemoryPlan;
import io.wanstreams.inference.scheduler.Expert;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.transformer.LatentShape;
import io.wanstreams.inference.transformer.TransformerSetup;
import io.wanstreams.inference.umt5.TextEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What can be said of a checkpoint without loading it, as lines. */
record Inspection(Checkpoint checkpoint, ModelProfile profile, Precision precision, Video video) {

    private static final double TERA = 1e12;

    /** A video to be made: edges in pixels, and frames. */
    record Video(int width, int height, int frames) {
        @Override
        public String toString() {
            return frames + (frames == 1 ? " frame of " : " frames of ") + width + "x" + height;
        }
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(checkpoint.directory() + ": " + checkpoint.index().className() + ", " + kind());
        lines.add("");
        lines.addAll(Columns.aligned(networks()));
        lines.add("");
        lines.add("To make " + video + ", transformers in " + effective() + ", on this machine's processor:");
        lines.add("");
        lines.addAll(Columns.aligned(stages()));
        lines.add("");
        lines.addAll(verdict());
        return lines;
    }

    private String kind() {
        String experts = profile.twoExperts()
                ? "two experts, the second below " + profile.boundaryRatio() + " of the noise"
                : "one transformer";
        return experts + (profile.expandTimesteps() ? ", one timestep per token" : "");
    }

    private List<List<String>> networks() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("network", "what it is", "parameters", "types", "tensors", "files", "bytes"));
        TextEncoderConfig text = checkpoint.textEncoder();
        rows.add(network(
                "text_encoder",
                text.layers() + " layers of " + text.width() + ", " + text.heads() + " heads of " + text.headSize()
                        + ", feed-forward " + text.feedForwardWidth()));
        rows.add(network("transformer", transformer(checkpoint.transformer())));
        if (profile.twoExperts()) {
            rows.add(network("transformer_2", transformer(checkpoint.transformer2())));
        }
        VaeConfig vae = checkpoint.vae();
        rows.add(network(
                "vae",
                vae.latentChannels() + " latent channels, strides " + vae.temporalStride() + " and "
                        + vae.spatialStride() + ", base " + vae.baseWidth() + ", decoder " + vae.decoderBaseWidth()
                        + " times " + vae.widthMultipliers()));
        return rows;
    }

    private static String transformer(TransformerConfig config) {
        return config.layers() + " layers of " + config.width() + ", " + config.heads() + " heads of "
                + config.headSize() + ", feed-forward " + config.feedForwardWidth() + ", channels "
                + config.inChannels() + " to " + config.outChannels();
    }

    private List<String> network(String component, String what) {
        WeightFacts facts = checkpoint.weights(component).facts();
        return List.of(
                component,
                what,
                millions(facts.parameters()),
                facts.types().keySet().stream().map(Object::toString).collect(Collectors.joining(" ")),
                Long.toString(facts.tensors()),
                Integer.toString(facts.files()),
                gibibytes(facts.bytes()));
    }

    private static String millions(long parameters) {
        return String.format(Locale.ROOT, "%,.1f M", parameters / 1e6);
    }

    private String effective() {
        return precision
                .effective(checkpoint.weights("transformer").floatBytes(), Processor.ofThisMachine())
                .toString();
    }

    private Map<String, MemoryNeed> needs() {
        MemoryPlan plan = new MemoryPlan(
                checkpoint,
                TransformerSetup.floats(Device.CPU, SessionSettings.defaults()).precision(precision));
        LatentShape latents = new LatentShape(
                profile.latentChannels(),
                (video.frames() - 1) / profile.temporalStride() + 1,
                video.height() / profile.spatialStride(),
                video.width() / profile.spatialStride());
        Map<String, MemoryNeed> needs = new LinkedHashMap<>();
        needs.put("encode", plan.textEncoder(TextEncoder.TEXT_LENGTH));
        if (profile.image() != ImageInput.REFUSED) {
            needs.put(
                    "encode, image",
                    plan.vaeEncoder(profile.image() == ImageInput.OPTIONAL ? first(latents) : latents));
        }
        denoise(needs, plan, latents, "", false);
        if (profile.image() == ImageInput.OPTIONAL) {
            denoise(needs, plan, latents, ", with an image", true);
        }
        needs.put("decode", plan.vaeDecoder(latents));
        return needs;
    }

    private void denoise(
            Map<String, MemoryNeed> needs, MemoryPlan plan, LatentShape latents, String how, boolean timestepPerToken) {
        if (profile.twoExperts()) {
            needs.put("denoise-high" + how, plan.transformer(Expert.HIGH, latents, timestepPerToken));
            needs.put("denoise-low" + how, plan.transformer(Expert.LOW, latents, timestepPerToken));
        } else {
            needs.put("denoise" + how, plan.transformer(Expert.HIGH, latents, timestepPerToken));
        }
    }

    private static LatentShape first(LatentShape latents) {
        return new LatentShape(latents.channels(), 1, latents.height(), latents.width());
    }

    private List<List<String>> stages() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("stage", "weights", "to work", "together", "Tflop per pass"));
        needs().forEach((stage, need) -> rows.add(List.of(
                stage,
                gibibytes(need.weightBytes()),
                gibibytes(need.workingBytes()),
                gibibytes(need.bytes()),
                String.format(Locale.ROOT, "%.3f", need.flops() / TERA))));
        return rows;
    }

    private List<String> verdict() {
        long machine = MemoryLimit.machineBytes();
        Map<String, MemoryNeed> needs = needs();
        List<String> lines = new ArrayList<>();
        needs.forEach((stage, need) -> {
            if (need.bytes() > machine) {
                lines.add("Cannot run here: " + stage + " needs " + gibibytes(need.bytes()) + ", this machine has "
                        + gibibytes(machine) + ".");
            }
        });
        long together = together(needs);
        if (lines.isEmpty()) {
            lines.add("Can run here: no stage needs more than the " + gibibytes(machine) + " of this machine"
                    + (together <= machine
                            ? ", and all fit at the same time."
                            : "; not all fit at the same time, so weights are read again when stages change."));
        }
        return lines;
    }

    /** Every network's weights, and the work of all stages; a stage does not work with and without an image at once. */
    private static long together(Map<String, MemoryNeed> needs) {
        return needs.entrySet().stream()
                .filter(entry -> !needs.containsKey(entry.getKey() + ", with an image"))
                .mapToLong(entry -> entry.getValue().bytes())
                .sum();
    }
}
