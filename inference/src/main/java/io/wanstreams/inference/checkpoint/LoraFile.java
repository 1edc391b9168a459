package io.wanstreams.inference.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanstreams.tensors.SafetensorsFile;
import io.wanstreams.tensors.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A LoRA file in any of the formats of transformer-and-text.md §11.1: W += strength · (alpha / rank) · up · down. */
final class LoraFile {
    private static final Logger LOG = LoggerFactory.getLogger(LoraFile.class);
    private static final String SECOND = "transformer_2";
    private static final int MOST_NAMED = 10;

    private final Path path;
    private final Map<String, StoredTensor> tensors;
    private final @Nullable Float alphaOfAll;

    private LoraFile(Path path, Map<String, StoredTensor> tensors, @Nullable Float alphaOfAll) {
        this.path = path;
        this.tensors = tensors;
        this.alphaOfAll = alphaOfAll;
    }

    static LoraFile open(Path path) {
        SafetensorsFile file = WeightFiles.open(path);
        String config = file.header().metadata().get("lora_adapter_metadata");
        return new LoraFile(path, StoredTensor.of(file), config == null ? null : alpha(path, config));
    }

    /** PEFT writes its config into the file: one alpha for all layers. */
    private static @Nullable Float alpha(Path path, String config) {
        try {
            for (Map.Entry<String, JsonNode> entry :
                    new JsonMapper().readTree(config).properties()) {
                String key = entry.getKey();
                if ((key.equals("lora_alpha") || key.endsWith(".lora_alpha"))
                        && entry.getValue().isNumber()) {
                    return entry.getValue().floatValue();
                }
            }
            return null;
        } catch (JsonProcessingException e) {
            throw new CheckpointException("LoRA " + path + " has metadata lora_adapter_metadata that are not JSON.", e);
        }
    }

    /**
     * What it adds to a component, by the component's tensors; logs what was applied and what ignored.
     *
     * @throws CheckpointException if a tensor has another shape, or nothing fits
     */
    Map<String, Delta> deltas(Map<String, Shape> model, double strength, String component) {
        LoraTargets targets = new LoraTargets(model.keySet());
        Map<String, Map<LoraKey.Kind, StoredTensor>> wanted = new TreeMap<>();
        List<String> ignored = new ArrayList<>();
        boolean forTwo = tensors.keySet().stream().anyMatch(name -> name.startsWith(SECOND + "."));
        tensors.forEach((name, tensor) -> {
            @Nullable
            LoraKey key = LoraKey.parse(name)
                    .filter(found -> !forTwo || found.lowNoise() == component.equals(SECOND))
                    .orElse(null);
            @Nullable
            String target = key == null
                    ? null
                    : targets.tensor(key).filter(model::containsKey).orElse(null);
            if (key == null || target == null) {
                ignored.add(name);
            } else {
                wanted.computeIfAbsent(target, unused -> new EnumMap<>(LoraKey.Kind.class))
                        .put(key.kind(), tensor);
            }
        });
        Map<String, Delta> deltas = new TreeMap<>();
        wanted.forEach((target, parts) ->
                deltas.put(target, delta(target, Objects.requireNonNull(model.get(target)), parts, strength)));
        report(deltas.size(), ignored, strength, component);
        return deltas;
    }

    private void report(int applied, List<String> ignored, double strength, String component) {
        List<String> some = ignored.subList(0, Math.min(MOST_NAMED, ignored.size()));
        if (applied == 0) {
            throw new CheckpointException(
                    "LoRA " + path + " fits nothing in " + component + ": its tensors are named like "
                            + (some.isEmpty() ? "nothing at all" : some.get(0)) + "; is it for another model?");
        }
        LOG.atInfo()
                .addKeyValue("file", path)
                .addKeyValue("component", component)
                .addKeyValue("strength", strength)
                .addKeyValue("tensorsChanged", applied)
                .addKeyValue("keysIgnored", ignored.size())
                .addKeyValue("ignored", some)
                .log("LoRA applied");
    }

    private Delta delta(String target, Shape shape, Map<LoraKey.Kind, StoredTensor> parts, double strength) {
        if (parts.containsKey(LoraKey.Kind.DORA)) {
            throw new CheckpointException(
                    "LoRA " + path + " has a DoRA magnitude for " + target + ", which is not supported.");
        }
        @Nullable Delta sum = null;
        for (Map.Entry<LoraKey.Kind, StoredTensor> part : parts.entrySet()) {
            @Nullable
            Delta summand = switch (part.getKey()) {
                case DOWN -> lowRank(target, shape, parts, strength);
                case DIFFERENCE, BIAS_DIFFERENCE, MODULATION_DIFFERENCE ->
                    Delta.of(full(target, shape, part.getValue()), (float) strength);
                case UP, ALPHA, DORA -> null;
            };
            sum = sum == null ? summand : summand == null ? sum : sum.and(summand);
        }
        if (sum == null) {
            throw new CheckpointException(
                    "LoRA " + path + " has no lora_down (lora_A) for " + target + ", only " + parts.keySet() + ".");
        }
        return sum;
    }

    private LoraTensor full(String target, Shape shape, StoredTensor difference) {
        if (!difference.shape().equals(shape)) {
            throw unfit(target, shape, "a difference " + difference.shape());
        }
        return new LoraTensor.Full(floating(target, difference));
    }

    private Delta lowRank(String target, Shape shape, Map<LoraKey.Kind, StoredTensor> parts, double strength) {
        StoredTensor down = floating(target, Objects.requireNonNull(parts.get(LoraKey.Kind.DOWN)));
        StoredTensor up = parts.get(LoraKey.Kind.UP);
        if (up == null) {
            throw new CheckpointException("LoRA " + path + " has no lora_up (lora_B) for " + target + ".");
        }
        floating(target, up);
        boolean matrices =
                shape.rank() >= 2 && down.shape().rank() >= 2 && up.shape().rank() >= 2;
        long rank = matrices ? down.shape().dim(0) : 0;
        if (rank < 1
                || up.shape().dim(0) != shape.dim(0)
                || up.shape().elements() != shape.dim(0) * rank
                || down.shape().elements() / rank != shape.elements() / Math.max(1, shape.dim(0))) {
            throw unfit(target, shape, "up " + up.shape() + " and down " + down.shape());
        }
        float scale = (float) (strength * alpha(target, parts, rank) / rank);
        int in = Math.toIntExact(down.shape().elements() / rank);
        return Delta.of(new LoraTensor.LowRank(up, down, Math.toIntExact(rank), in), scale);
    }

    private double alpha(String target, Map<LoraKey.Kind, StoredTensor> parts, long rank) {
        StoredTensor alpha = parts.get(LoraKey.Kind.ALPHA);
        if (alpha == null) {
            return alphaOfAll == null ? rank : alphaOfAll;
        }
        if (alpha.shape().elements() != 1) {
            throw unfit(target, alpha.shape(), "an alpha of that shape, which is one number,");
        }
        try {
            return floating(target, alpha).toFloats()[0];
        } catch (IOException e) {
            throw new CheckpointException("LoRA " + path + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private StoredTensor floating(String target, StoredTensor tensor) {
        if (tensor.encoding() == null) {
            throw new CheckpointException("LoRA " + path + " has element type " + tensor.type() + " for " + target
                    + ", supported are F32, BF16, F16, F64 and F8.");
        }
        return tensor;
    }

    private CheckpointException unfit(String target, Shape shape, String found) {
        return new CheckpointException("LoRA " + path + " has " + found + " for " + target + ", which is " + shape
                + " in this model; it is for another one.");
    }
}
