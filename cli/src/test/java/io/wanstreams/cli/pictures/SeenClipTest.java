package io.wanstreams.cli.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.cli.clip.Clip;
import io.wanstreams.cli.clip.ClipReader;
import io.wanstreams.cli.pictures.DrawnClip.Path2d;
import io.wanstreams.cli.pictures.DrawnClip.Place;
import io.wanstreams.cli.pictures.DrawnClip.Pose;
import java.awt.Color;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The scorer on clips whose content is known, through a real encoder and decoder. */
class SeenClipTest {

    private static final Color GREEN_FIELD = new Color(60, 150, 60);
    private static final Map<Movement, Path2d> PATHS = new EnumMap<>(Map.of(
            Movement.RIGHT, t -> new Pose(0.2 + 0.6 * t, 0.6, 0.2),
            Movement.LEFT, t -> new Pose(0.8 - 0.6 * t, 0.6, 0.2),
            Movement.UP, t -> new Pose(0.5, 0.8 - 0.6 * t, 0.2),
            Movement.DOWN, t -> new Pose(0.5, 0.2 + 0.6 * t, 0.2),
            Movement.BOUNCING, t -> new Pose(0.5, 0.75 - 0.4 * Math.abs(Math.sin(2 * Math.PI * t)), 0.2),
            Movement.SWINGING, t -> new Pose(0.5 + 0.25 * Math.sin(2 * Math.PI * t), 0.5, 0.2),
            Movement.CIRCLING,
                    t -> new Pose(0.5 + 0.2 * Math.cos(2 * Math.PI * t), 0.5 + 0.2 * Math.sin(2 * Math.PI * t), 0.2),
            Movement.GROWING, t -> new Pose(0.5, 0.5, 0.15 + 0.35 * t),
            Movement.SHRINKING, t -> new Pose(0.5, 0.5, 0.5 - 0.35 * t)));
    private static final Map<NamedColour, Color> PAINT = new EnumMap<>(Map.of(
            NamedColour.RED, new Color(225, 30, 30),
            NamedColour.ORANGE, new Color(255, 140, 20),
            NamedColour.YELLOW, new Color(250, 220, 30),
            NamedColour.GREEN, new Color(30, 170, 60),
            NamedColour.BLUE, new Color(40, 80, 220),
            NamedColour.PURPLE, new Color(140, 40, 170),
            NamedColour.PINK, new Color(255, 130, 190),
            NamedColour.WHITE, new Color(245, 245, 245),
            NamedColour.BLACK, new Color(15, 15, 15)));

    @TempDir
    private Path directory = Path.of("");

    @ParameterizedTest
    @EnumSource
    void aClipShowsItsMovementAndNoOther(Movement drawn) throws Exception {
        SeenClip clip = clip(Place.FIELD, GREEN_FIELD, paint(NamedColour.RED), true, path(drawn));

        for (Movement asked : Movement.values()) {
            assertThat(score(clip, NamedColour.RED, asked))
                    .as("drawn %s, asked %s", drawn, asked)
                    .isEqualTo(new ClipScore(true, asked == drawn));
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"GREY", "BROWN"})
    void aClipShowsItsColourAndNoOther(NamedColour drawn) throws Exception {
        Color wall = drawn == NamedColour.WHITE || drawn == NamedColour.PINK || drawn == NamedColour.YELLOW
                ? new Color(40, 60, 160)
                : new Color(235, 230, 220);
        SeenClip clip = clip(Place.WALL, wall, paint(drawn), false, path(Movement.RIGHT));

        for (NamedColour asked : PAINT.keySet()) {
            assertThat(score(clip, asked, Movement.RIGHT))
                    .as("drawn %s, asked %s", drawn, asked)
                    .isEqualTo(new ClipScore(asked == drawn, true));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyPlaceShowsNothing(Place place) throws Exception {
        SeenClip clip = clip(place, new Color(20, 30, 90), Color.RED, true, t -> new Pose(-1, -1, 0.2));

        for (Movement asked : Movement.values()) {
            assertThat(score(clip, NamedColour.RED, asked)).isEqualTo(new ClipScore(false, false));
        }
    }

    @ParameterizedTest
    @EnumSource
    void thePlaceDoesNotHideTheThing(Place place) throws Exception {
        SeenClip clip = clip(place, new Color(20, 50, 130), paint(NamedColour.ORANGE), false, path(Movement.LEFT));

        assertThat(score(clip, NamedColour.ORANGE, Movement.LEFT)).isEqualTo(new ClipScore(true, true));
        assertThat(score(clip, NamedColour.BLUE, Movement.RIGHT)).isEqualTo(new ClipScore(false, false));
    }

    @Test
    void aStillThingHasAColourAndNoMovement() throws Exception {
        SeenClip clip = clip(Place.FIELD, GREEN_FIELD, paint(NamedColour.RED), true, t -> new Pose(0.5, 0.6, 0.25));

        for (Movement asked : Movement.values()) {
            assertThat(score(clip, NamedColour.RED, asked)).isEqualTo(new ClipScore(true, false));
        }
    }

    private SeenClip clip(Place place, Color wall, Color thing, boolean round, Path2d path) throws Exception {
        Path file = directory.resolve("clip.mp4");
        new DrawnClip(place, wall, thing, round, path).writeTo(file);
        Clip clip = ClipReader.read(file, 128);
        assertThat(clip.frames()).hasSize(DrawnClip.FRAMES);
        return SeenClip.of(clip);
    }

    private static ClipScore score(SeenClip clip, NamedColour colour, Movement movement) {
        return clip.score(new PicturePrompt("drawn", colour, movement));
    }

    private static Path2d path(Movement movement) {
        return java.util.Objects.requireNonNull(PATHS.get(movement));
    }

    private static Color paint(NamedColour colour) {
        return java.util.Objects.requireNonNull(PAINT.get(colour));
    }
}
