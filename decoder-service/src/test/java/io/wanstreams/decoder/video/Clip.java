package io.wanstreams.decoder.video;

import java.util.List;
import java.util.stream.IntStream;

/** A drawn clip: a smooth background and a soft red disc that moves to the right, two pixels a frame. */
final class Clip {

    private Clip() {}

    static List<RgbFrame> of(int width, int height, int frames) {
        return IntStream.range(0, frames).mapToObj(t -> frame(width, height, t)).toList();
    }

    static RgbFrame frame(int width, int height, int t) {
        byte[] rgb = new byte[width * height * 3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double distance = Math.hypot(x - (width / 4.0 + 2 * t), y - height / 2.0);
                double disc = 1 / (1 + Math.exp((distance - height / 4.0) / 3));
                int at = (y * width + x) * 3;
                rgb[at] = (byte) Math.round(60 + 160 * disc);
                rgb[at + 1] = (byte) Math.round((200.0 - 100.0 * y / height) * (1 - disc) + 20 * disc);
                rgb[at + 2] = (byte) Math.round((80 + 60.0 * x / width) * (1 - disc) + 20 * disc);
            }
        }
        return new RgbFrame(new FrameSize(width, height), rgb);
    }
}
