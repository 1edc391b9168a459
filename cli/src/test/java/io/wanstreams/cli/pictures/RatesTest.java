package io.wanstreams.cli.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.cli.client.VideosException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RatesTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aRateIsAShareOfClips() {
        Rates rates = Rates.of(List.of(
                new ClipScore(true, true),
                new ClipScore(true, false),
                new ClipScore(true, false),
                new ClipScore(false, false)));

        assertThat(rates).isEqualTo(new Rates(0.75, 0.25));
    }

    @Test
    void eitherRateCanFallBelowThePromise() {
        Rates promised = new Rates(0.8, 0.6);

        assertThat(new Rates(0.8, 0.6).isBelow(promised)).isFalse();
        assertThat(new Rates(0.796, 0.596).isBelow(promised)).isFalse();
        assertThat(new Rates(0.79, 0.9).isBelow(promised)).isTrue();
        assertThat(new Rates(0.9, 0.59).isBelow(promised)).isTrue();
    }

    @Test
    void theCardPromises() throws IOException {
        Path card = card("{\"measured\": {\"prompts\": 10, \"colour\": 0.9, \"direction\": 0.7}}");

        assertThat(Rates.promisedBy(card)).isEqualTo(new Rates(0.9, 0.7));
    }

    @Test
    void aCardWithoutRatesIsRefusedByName() throws IOException {
        Path card = card("{\"measured\": {\"colour\": 90}}");

        assertThatThrownBy(() -> Rates.promisedBy(card))
                .isInstanceOf(VideosException.class)
                .hasMessageContaining("card.json: measured.colour is a share from 0 to 1, found 90");
        assertThatThrownBy(() -> Rates.promisedBy(directory.resolve("none.json")))
                .isInstanceOf(VideosException.class)
                .hasMessageContaining("none.json cannot be read");
    }

    private Path card(String json) throws IOException {
        return Files.writeString(directory.resolve("card.json"), json);
    }
}
