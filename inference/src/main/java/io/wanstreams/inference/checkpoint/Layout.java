package io.wanstreams.inference.checkpoint;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What single files of one network look like in other layouts than Diffusers'. Source: transformer-and-text.md §11.2.
 *
 * @param prefixes before all names of a file, or before none
 * @param architectures that a GGUF file may say it is of
 * @param names any known layout's names to Diffusers'
 * @param passedOver names of tensors that are no weights
 */
record Layout(List<String> prefixes, Set<String> architectures, UnaryOperator<String> names, Set<String> passedOver) {

    private static final Layout TRANSFORMER = new Layout(
            List.of("model.diffusion_model.", "diffusion_model.", "transformer."),
            Set.of("wan"),
            TransformerNames::toDiffusers,
            Set.of());

    /** ComfyUI puts the tokenizer beside the weights; the base has it too. */
    private static final Layout TEXT_ENCODER = new Layout(
            List.of("text_encoders.umt5xxl.transformer.", "umt5xxl.transformer.", "transformer."),
            Set.of("t5", "t5encoder"),
            TextEncoderNames::toHuggingFace,
            Set.of("spiece_model", "tokenizer_json"));

    static Layout of(String component) {
        return component.equals(TextEncoderNames.COMPONENT) ? TEXT_ENCODER : TRANSFORMER;
    }
}
