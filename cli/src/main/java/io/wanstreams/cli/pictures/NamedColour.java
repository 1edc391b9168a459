package io.wanstreams.cli.pictures;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The colours that a prompt can ask for, and two that nobody asks for but that pictures have. */
enum NamedColour {
    RED(0xe01010, 0xb01818, 0xff4040),
    ORANGE(0xff8c00, 0xf07820, 0xffa53a),
    YELLOW(0xffe000, 0xf2e040, 0xffd700, 0xe0c010),
    GREEN(0x008000, 0x20c020, 0x3cb371, 0x2ecc40, 0x105010),
    BLUE(0x1030e0, 0x1e90ff, 0x2040a0, 0x4169e1, 0x000080),
    PURPLE(0x800080, 0x9400d3, 0x9a50c8, 0x6a2c91),
    PINK(0xff69b4, 0xffb6c1, 0xff8fc8, 0xff1493),
    WHITE(0xffffff, 0xe6e6e6, 0xd8d8d8),
    BLACK(0x000000, 0x181818, 0x303030),
    GREY(0x808080, 0xa0a0a0, 0x606060),
    BROWN(0x8b5a2b, 0x6b4423, 0xa0784a);

    @SuppressWarnings("ImmutableEnumChecker") // of Stream.toList, which never changes
    private final List<Lab> shades;

    NamedColour(int... shades) {
        this.shades = Arrays.stream(shades)
                .mapToObj(rgb -> Lab.of((rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255))
                .toList();
    }

    static NamedColour nearest(Lab lab) {
        NamedColour best = GREY;
        float bestDistance = Float.MAX_VALUE;
        for (NamedColour colour : values()) {
            for (Lab shade : colour.shades) {
                float distance = shade.distanceOfHue(lab);
                if (distance < bestDistance) {
                    bestDistance = distance;
                    best = colour;
                }
            }
        }
        return best;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
