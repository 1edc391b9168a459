package io.wanstreams.cli.pictures;

import io.wanstreams.cli.clip.Clip;
import java.util.Arrays;

/**
 * What stands behind the thing: for each row the colours at the left and the right border, each the median over all frames,
 * and a straight line between them. A thing that touches a border for less than half of the clip does not count.
 */
final class Background {

    /** Share of the width that each border takes. */
    private static final double BORDER = 0.04;

    private final Lab[][] sides;
    private final int width;

    private Background(Lab[][] sides, int width) {
        this.sides = sides;
        this.width = width;
    }

    static Background of(Clip clip) {
        int border = Math.max(1, (int) Math.round(clip.width() * BORDER));
        Lab[][] sides = new Lab[2][clip.height()];
        for (int y = 0; y < clip.height(); y++) {
            sides[0][y] = median(clip, y, 0, border);
            sides[1][y] = median(clip, y, clip.width() - border, border);
        }
        return new Background(sides, clip.width());
    }

    Lab at(int x, int y) {
        float t = width == 1 ? 0 : (float) x / (width - 1);
        Lab left = sides[0][y];
        Lab right = sides[1][y];
        return new Lab(mix(left.l(), right.l(), t), mix(left.a(), right.a(), t), mix(left.b(), right.b(), t));
    }

    private static float mix(float from, float to, float t) {
        return from + t * (to - from);
    }

    private static Lab median(Clip clip, int y, int from, int count) {
        int[][] channels = new int[3][clip.frames().size() * count];
        int i = 0;
        for (byte[] frame : clip.frames()) {
            for (int x = from; x < from + count; x++, i++) {
                for (int c = 0; c < 3; c++) {
                    channels[c][i] = frame[(y * clip.width() + x) * 3 + c] & 255;
                }
            }
        }
        for (int[] channel : channels) {
            Arrays.sort(channel);
        }
        int middle = channels[0].length / 2;
        return Lab.of(channels[0][middle], channels[1][middle], channels[2][middle]);
    }
}
