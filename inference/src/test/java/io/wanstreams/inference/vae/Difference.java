package io.wanstreams.inference.vae;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** How far two results are apart. */
public final class Difference {

    private Difference() {}

    /** Peak signal-to-noise ratio of bytes, in dB; infinite for equal ones. */
    public static double psnr(byte[] found, byte[] expected) {
        assertThat(found).hasSameSizeAs(expected);
        double sum = 0;
        for (int i = 0; i < found.length; i++) {
            sum += Math.pow((found[i] & 0xFF) - (expected[i] & 0xFF), 2);
        }
        return 10 * Math.log10(255.0 * 255 * found.length / sum);
    }

    /** [3, frames, height, width]. */
    public static float[] video(List<DecodedFrame> frames) {
        int pixels = frames.get(0).height() * frames.get(0).width();
        float[] video = new float[3 * frames.size() * pixels];
        for (DecodedFrame frame : frames) {
            for (int colour = 0; colour < 3; colour++) {
                int to = (colour * frames.size() + frame.index()) * pixels;
                System.arraycopy(frame.values(), colour * pixels, video, to, pixels);
            }
        }
        return video;
    }

    /** [frames, height, width, 3]. */
    public static byte[] bytes(List<DecodedFrame> frames) {
        int size = frames.get(0).values().length;
        byte[] bytes = new byte[frames.size() * size];
        frames.forEach(frame -> System.arraycopy(frame.rgb(), 0, bytes, frame.index() * size, size));
        return bytes;
    }
}
