package io.wanstreams.inference.checkpoint;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The transformer's modules in the original repository's words and in Diffusers'. Source: transformer-and-text.md §5.3. */
final class TransformerNames {
    private record Pair(String original, String diffusers) {}

    private static final List<Pair> MODULES = List.of(
            new Pair("time_embedding.0", "condition_embedder.time_embedder.linear_1"),
            new Pair("time_embedding.2", "condition_embedder.time_embedder.linear_2"),
            new Pair("time_projection.1", "condition_embedder.time_proj"),
            new Pair("text_embedding.0", "condition_embedder.text_embedder.linear_1"),
            new Pair("text_embedding.2", "condition_embedder.text_embedder.linear_2"),
            new Pair("head.modulation", "scale_shift_table"),
            new Pair("head.head", "proj_out"));

    private static final List<Pair> IN_BLOCKS = List.of(
            new Pair("self_attn.q", "attn1.to_q"),
            new Pair("self_attn.k", "attn1.to_k"),
            new Pair("self_attn.v", "attn1.to_v"),
            new Pair("self_attn.o", "attn1.to_out.0"),
            new Pair("self_attn", "attn1"),
            new Pair("cross_attn.q", "attn2.to_q"),
            new Pair("cross_attn.k", "attn2.to_k"),
            new Pair("cross_attn.v", "attn2.to_v"),
            new Pair("cross_attn.o", "attn2.to_out.0"),
            new Pair("cross_attn", "attn2"),
            new Pair("modulation", "scale_shift_table"),
            new Pair("norm3", "norm2"),
            new Pair("ffn.0", "ffn.net.0.proj"),
            new Pair("ffn.2", "ffn.net.2"));

    private static final Pattern BLOCK = Pattern.compile("(blocks\\.\\d+\\.)(.*)");

    private TransformerNames() {}

    /** Diffusers' name of a tensor or module; one that is Diffusers' already, or unknown, stays. */
    static String toDiffusers(String name) {
        return renamed(name, true);
    }

    /** The original name of a tensor or module of Diffusers. */
    static String toOriginal(String name) {
        return renamed(name, false);
    }

    private static String renamed(String name, boolean toDiffusers) {
        Matcher block = BLOCK.matcher(name);
        return block.matches()
                ? block.group(1) + renamed(block.group(2), IN_BLOCKS, toDiffusers)
                : renamed(name, MODULES, toDiffusers);
    }

    private static String renamed(String name, List<Pair> pairs, boolean toDiffusers) {
        for (Pair pair : pairs) {
            String from = toDiffusers ? pair.original() : pair.diffusers();
            if (name.equals(from) || name.startsWith(from + ".")) {
                return (toDiffusers ? pair.diffusers() : pair.original()) + name.substring(from.length());
            }
        }
        return name;
    }
}
