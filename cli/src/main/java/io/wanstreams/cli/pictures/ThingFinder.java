package io.wanstreams.cli.pictures;

import io.wanstreams.cli.clip.Clip;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds, frame by frame, the largest connected region that differs from the background. */
final class ThingFinder {

    /** Distance in Lab from which a pixel is in front; the noise of a compressed picture stays below. */
    private static final float CONTRAST = 18;

    /** Smaller regions are stars, waves and noise. */
    private static final double LEAST_AREA = 0.004;

    /** Larger ones are a background that was not understood. */
    private static final double MOST_AREA = 0.7;

    private final Clip clip;
    private final Lab[] background;

    private ThingFinder(Clip clip) {
        this.clip = clip;
        Background model = Background.of(clip);
        background = new Lab[clip.width() * clip.height()];
        for (int i = 0; i < background.length; i++) {
            background[i] = model.at(i % clip.width(), i / clip.width());
        }
    }

    /** The thing in each frame; empty where there is none. */
    static List<Optional<Thing>> find(Clip clip) {
        ThingFinder finder = new ThingFinder(clip);
        return clip.frames().stream().map(finder::thing).toList();
    }

    private Optional<Thing> thing(byte[] frame) {
        Lab[] pixels = new Lab[background.length];
        boolean[] front = new boolean[background.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = Lab.of(frame[3 * i] & 255, frame[3 * i + 1] & 255, frame[3 * i + 2] & 255);
            front[i] = pixels[i].distance(background[i]) > CONTRAST;
        }
        List<Integer> largest = List.of();
        for (int i = 0; i < front.length; i++) {
            if (front[i]) {
                List<Integer> region = region(front, i);
                largest = region.size() > largest.size() ? region : largest;
            }
        }
        double area = (double) largest.size() / background.length;
        return area < LEAST_AREA || area > MOST_AREA ? Optional.empty() : Optional.of(thing(largest, pixels, area));
    }

    /** Takes the region around a pixel out of the mask. */
    private List<Integer> region(boolean[] front, int start) {
        int width = clip.width();
        List<Integer> region = new ArrayList<>();
        ArrayDeque<Integer> open = new ArrayDeque<>();
        open.add(start);
        front[start] = false;
        while (!open.isEmpty()) {
            int i = open.remove();
            region.add(i);
            int x = i % width;
            enter(front, open, x > 0, i - 1);
            enter(front, open, x < width - 1, i + 1);
            enter(front, open, i >= width, i - width);
            enter(front, open, i + width < front.length, i + width);
        }
        return region;
    }

    private static void enter(boolean[] front, ArrayDeque<Integer> open, boolean inside, int i) {
        if (inside && front[i]) {
            front[i] = false;
            open.add(i);
        }
    }

    private Thing thing(List<Integer> region, Lab[] pixels, double area) {
        double x = 0;
        double y = 0;
        Map<NamedColour, Integer> votes = new EnumMap<>(NamedColour.class);
        for (int i : region) {
            int row = i / clip.width();
            x += i % clip.width() + 0.5;
            y += row + 0.5;
            votes.merge(NamedColour.nearest(pixels[i]), 1, Integer::sum);
        }
        NamedColour winner =
                Collections.max(votes.entrySet(), Map.Entry.comparingByValue()).getKey();
        int n = region.size();
        return new Thing(x / n / clip.width(), y / n / clip.height(), area, winner);
    }
}
