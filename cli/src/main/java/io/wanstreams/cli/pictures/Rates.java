package io.wanstreams.cli.pictures;

import com.fasterxml.jackson.databind.JsonNode;
import io.wanstreams.cli.client.VideosException;
import io.wanstreams.contracts.json.ContractJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/**
 * Shares of clips, 0 to 1.
 *
 * @param colour that show the asked colour
 * @param direction that show the asked movement
 */
record Rates(double colour, double direction) {

    private static final long CARD_LIMIT_BYTES = 1 << 20;

    /** A card rounds its rates to two digits. */
    private static final double ROUNDING = 0.005;

    static Rates of(Collection<ClipScore> scores) {
        double n = Math.max(1, scores.size());
        return new Rates(
                scores.stream().filter(ClipScore::colour).count() / n,
                scores.stream().filter(ClipScore::movement).count() / n);
    }

    /** What a model's {@code card.json} promises under {@code measured}. */
    static Rates promisedBy(Path card) {
        try {
            if (Files.size(card) > CARD_LIMIT_BYTES) {
                throw new VideosException(
                        card + " has more than " + CARD_LIMIT_BYTES + " bytes, expected a small card");
            }
            JsonNode measured = ContractJson.mapper().readTree(card.toFile()).path("measured");
            return new Rates(rate(card, measured, "colour"), rate(card, measured, "direction"));
        } catch (IOException e) {
            throw new VideosException(
                    "The model's card " + card + " cannot be read; expected JSON with measured rates", e);
        }
    }

    boolean isBelow(Rates promised) {
        return colour < promised.colour - ROUNDING || direction < promised.direction - ROUNDING;
    }

    private static double rate(Path card, JsonNode measured, String name) {
        JsonNode value = measured.path(name);
        if (!value.isNumber() || !(value.asDouble() >= 0 && value.asDouble() <= 1)) {
            throw new VideosException(card + ": measured." + name + " is a share from 0 to 1, found "
                    + (value.isMissingNode() ? "nothing" : value));
        }
        return value.asDouble();
    }
}
