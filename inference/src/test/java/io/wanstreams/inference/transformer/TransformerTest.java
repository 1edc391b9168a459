package io.wanstreams.inference.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.wanstreams.inference.SyntheticWeights;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.checkpoint.CheckpointException;
import io.wanstreams.inference.checkpoint.TransformerConfig;
import io.wanstreams.inference.graph.Flavour;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.CancelledException;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.tensors.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tiny transformer of transformer-and-text.md §12: weights from their keys, numbers from the reference. */
class TransformerTest {
    private static final LatentShape SHAPE = new LatentShape(16, 2, 4, 6);
    private static final int TEXT_ROWS = 12;
    private static final String CONFIG = """
            {"num_attention_heads": 2, "attention_head_dim": 128, "num_layers": 2, "ffn_dim": 384, "text_dim": 64,
             "freq_dim": 256, "in_channels": 16, "out_channels": 16, "image_dim": 1280, "added_kv_proj_dim": 5120}""";

    @TempDir
    Path directory;

    private final SyntheticWeights weights = new SyntheticWeights();
    private final float[] latents = SyntheticWeights.values("input.hidden_states", 16, 2, 4, 6);

    @BeforeEach
    void describeTheModel() {
        TransformerConfig config =
                new TransformerConfig(2, 128, 2, 384, 16, 16, 64, 256, List.of(1, 2, 2), true, 1e-6, 1024);
        weights.tensors().putAll(TransformerConfigsTest.weights(config).tensors());
        assertThat(weights.tensors()).hasSize(69);
    }

    @Test
    void makesTheInputsThatTheReferenceHad() {
        double[] expected = {-0.7922084, -0.4526989, 0.5359503};
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) latents[i]).isCloseTo(expected[i], within(1e-7));
        }
    }

    @Test
    void givesTheReferencesVelocityForOneTimestep() throws IOException {
        float[] velocity = predict(Timestep.of(937));
        close(velocity, -2.0346323, -0.6416694, 0.6773088, -0.5351558, -1.8443801, -0.8650592);
        closeSums(velocity, -17.457309, 668.674159);
    }

    @Test
    void givesTheReferencesVelocityForOneTimestepPerToken() throws IOException {
        float[] velocity = predict(new Timestep(523, true));
        close(velocity, -1.2239822, -1.1673080, -0.0288864, -2.7379273, -0.8022694, -0.2203025);
        closeSums(velocity, -122.601611, 675.835537);
    }

    /** Models with expand_timesteps are driven per token; with one timestep for all that is the scalar pass. */
    @Test
    void isTheSameForEqualTimesteps() throws IOException {
        float[] perToken = predict(new Timestep(0, true));
        float[] scalar = predict(Timestep.of(0));
        for (int i = 0; i < scalar.length; i++) {
            assertThat((double) perToken[i]).as("element %d", i).isCloseTo(scalar[i], within(5e-6));
        }
    }

    @Test
    void refusesLatentsOfAnotherShape() throws IOException {
        try (Transformer transformer = open()) {
            refuses(transformer, new float[SHAPE.elements() - 1], SHAPE, "767 elements");
            refuses(transformer, new float[17 * 48], new LatentShape(17, 2, 4, 6), "16 channels");
            refuses(transformer, new float[16 * 30], new LatentShape(16, 2, 3, 5), "height is 3");
            refuses(transformer, new float[16 * 1025 * 4], new LatentShape(16, 1025, 2, 2), "at most 1024");
        }
    }

    @Test
    void refusesTextOfAnotherShape() throws IOException {
        try (Transformer transformer = open()) {
            for (Tensor text : new Tensor[] {
                Tensor.of(new float[63], 1, 63),
                Tensor.of(new float[64], 64),
                Tensor.of(new float[13 * 64], 13, 64),
                Tensor.of(new float[0], 0, 64)
            }) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> transformer.predict(latents, SHAPE, Timestep.of(1), text, new Cancellation()))
                        .withMessageContaining("takes F32 [1 to 12,64]");
            }
        }
    }

    @Test
    void doesNothingOnceCancelled() throws IOException {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        try (Transformer transformer = open()) {
            assertThatExceptionOfType(CancelledException.class)
                    .isThrownBy(() -> transformer.predict(latents, SHAPE, Timestep.of(1), text(), cancellation));
        }
    }

    @Test
    void namesATensorOfTheWrongShape() {
        weights.with("blocks.1.attn1.to_k.weight", 256, 255);
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(this::open)
                .withMessageContaining("Tensor blocks.1.attn1.to_k.weight in")
                .withMessageContaining("has shape [256,255], the config asks for [256,256]");
    }

    /** Decided by the tensors, not by the config, which may speak of an embedder that is not there (as this one does). */
    @Test
    void refusesAnImageEmbedder() throws IOException {
        weights.with("condition_embedder.image_embedder.norm1.weight", 1280);
        write();
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> Transformer.openHighNoise(checkpoint(), Device.CPU, SessionSettings.defaults()))
                .withMessageContaining("image embedder");
    }

    private float[] predict(Timestep timestep) throws IOException {
        try (Transformer transformer = open()) {
            return transformer.predict(latents, SHAPE, timestep, text(), new Cancellation());
        }
    }

    /** Texts come back, are pushed out and come again; every pass is the same to the bit. */
    @Test
    void keepingTextsChangesNothing() throws IOException {
        Tensor other = Tensor.of(SyntheticWeights.values("input.other", 2, 64), 2, 64);
        Tensor third = Tensor.of(SyntheticWeights.values("input.third", TEXT_ROWS, 64), TEXT_ROWS, 64);
        Timestep early = Timestep.of(937);
        Timestep late = new Timestep(100, true);
        try (Transformer whole = open(0);
                Transformer keeping = open(2 * TextCache.bytesPerText(whole.config(), TEXT_ROWS))) {
            for (Tensor text : List.of(text(), other, text(), third, other, text())) {
                for (Timestep timestep : List.of(early, late)) {
                    assertThat(keeping.predict(latents, SHAPE, timestep, text, new Cancellation()))
                            .containsExactly(whole.predict(latents, SHAPE, timestep, text, new Cancellation()));
                }
            }
        }
    }

    @Test
    void textsAreKeptOnlyWhereBothFit() {
        TransformerConfig published =
                new TransformerConfig(40, 128, 40, 13824, 16, 16, 4096, 256, List.of(1, 2, 2), true, 1e-6, 1024);
        long one = TextCache.bytesPerText(published, Transformer.TEXT_ROWS);
        assertThat(one).isEqualTo(2L * 40 * 512 * 5120 * 4);
        assertThat(TextCache.fits(published, Transformer.TEXT_ROWS, 2 * one)).isTrue();
        assertThat(TextCache.fits(published, Transformer.TEXT_ROWS, 2 * one - 1))
                .isFalse();
    }

    /** The first seven rows; the others are zeros. */
    private static Tensor text() {
        float[] rows = SyntheticWeights.values("input.encoder_hidden_states", TEXT_ROWS, 64);
        return Tensor.of(Arrays.copyOf(rows, 7 * 64), 7, 64);
    }

    private Transformer open() throws IOException {
        return open(0);
    }

    private Transformer open(long textCacheBytes) throws IOException {
        write();
        Checkpoint checkpoint = checkpoint();
        return Transformer.open(
                checkpoint.transformer(),
                checkpoint.weights("transformer"),
                Flavour.CPU,
                TransformerSetup.floats(Device.CPU, SessionSettings.defaults().threads(1))
                        .textCacheBytes(textCacheBytes),
                TEXT_ROWS);
    }

    private void write() throws IOException {
        SyntheticWeights.writeIndex(directory, "transformer");
        weights.writeTo(directory.resolve("transformer"), CONFIG);
    }

    private Checkpoint checkpoint() {
        return Checkpoint.open(directory, directory.resolve("cache"));
    }

    private static void refuses(Transformer transformer, float[] values, LatentShape shape, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> transformer.predict(values, shape, Timestep.of(1), text(), new Cancellation()))
                .withMessageContaining(sentence);
    }

    /** Elements [0,0,0,0] [0,0,0,1] [0,0,1,0] [1,0,0,0] [7,1,2,3] [15,1,3,5]. */
    private static void close(float[] velocity, double... expected) {
        int[] at = {0, 1, 6, 48, 7 * 48 + 24 + 2 * 6 + 3, 15 * 48 + 24 + 3 * 6 + 5};
        for (int i = 0; i < at.length; i++) {
            assertThat((double) velocity[at[i]]).as("element %d", at[i]).isCloseTo(expected[i], within(2e-5));
        }
    }

    private static void closeSums(float[] velocity, double sum, double absolute) {
        double foundSum = 0;
        double foundAbsolute = 0;
        for (float value : velocity) {
            foundSum += value;
            foundAbsolute += Math.abs(value);
        }
        assertThat(foundSum).isCloseTo(sum, within(2e-3));
        assertThat(foundAbsolute).isCloseTo(absolute, within(2e-3));
    }
}
