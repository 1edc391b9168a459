package io.wanstreams.bench.network;

import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.graph.NetworkCost;
import io.wanstreams.inference.transformer.LatentShape;
import io.wanstreams.inference.transformer.Transformer;
import java.io.IOException;

/**
 * A transformer to be made.
 *
 * @param width of the residual stream
 */
public record TransformerSizes(int width, int heads, int feedForward, int layers) {

    private static final int TEXT_WIDTH = 4096;

    public TransformerSizes {
        if (width < 1 || heads < 1 || width % heads != 0 || feedForward < 1 || layers < 1) {
            throw new IllegalArgumentException(
                    "The width is a multiple of the heads, and all sizes are at least 1, found" + " width " + width
                            + ", heads " + heads + ", feed-forward " + feedForward + ", layers " + layers);
        }
    }

    /** Makes the checkpoint. */
    public RandomCheckpoint make(boolean zeros) throws IOException {
        LatentShape smallest = new LatentShape(16, 1, 2, 2);
        return RandomCheckpoint.make(
                "transformer",
                json(),
                zeros,
                (checkpoint, weights) -> Transformer.cost(checkpoint.transformer(), weights, smallest, false));
    }

    private String json() {
        return "{\"_class_name\": \"WanTransformer3DModel\", \"num_attention_heads\": " + heads
                + ", \"attention_head_dim\": " + width / heads + ", \"num_layers\": " + layers + ", \"ffn_dim\": "
                + feedForward + ", \"in_channels\": 16, \"out_channels\": 16, \"text_dim\": " + TEXT_WIDTH
                + ", \"freq_dim\": 256, \"patch_size\": [1, 2, 2], \"cross_attn_norm\": true, \"qk_norm\":"
                + " \"rms_norm_across_heads\", \"eps\": 1e-06, \"rope_max_seq_len\": 1024}";
    }

    /** What a pass of a checkpoint's transformer takes. */
    static NetworkCost cost(Checkpoint checkpoint, LatentShape latents) {
        return Transformer.cost(checkpoint.transformer(), checkpoint.weights("transformer"), latents, false);
    }
}
