package io.wanstreams.cli.pictures;

import io.wanstreams.cli.clip.Clip;
import java.util.List;
import java.util.Optional;

/** What can be seen in a clip: the thing in front, frame by frame. */
final class SeenClip {

    /** A thing seen in fewer frames than this share is an accident. */
    private static final double LEAST_PRESENCE = 0.6;

    private final List<Thing> things;
    private final boolean present;

    private SeenClip(List<Thing> things, int frames) {
        this.things = things;
        this.present = !things.isEmpty() && things.size() >= LEAST_PRESENCE * frames;
    }

    static SeenClip of(Clip clip) {
        return new SeenClip(
                ThingFinder.find(clip).stream().flatMap(Optional::stream).toList(),
                clip.frames().size());
    }

    /** Holds what was seen against what was asked for. */
    ClipScore score(PicturePrompt asked) {
        if (!present) {
            return new ClipScore(false, false);
        }
        long coloured = things.stream()
                .filter(thing -> thing.colour() == asked.colour())
                .count();
        return new ClipScore(2 * coloured > things.size(), asked.movement().isShownBy(Track.of(things)));
    }
}
