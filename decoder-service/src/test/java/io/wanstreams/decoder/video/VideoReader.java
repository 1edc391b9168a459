package io.wanstreams.decoder.video;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;

/** What FFmpeg's decoder makes of a file. */
record VideoReader(List<RgbFrame> frames, double fps, String codec, int pixelFormat, List<Long> timestampsMicros) {

    static VideoReader read(Path file) throws FrameGrabber.Exception {
        try (FFmpegFrameGrabber pixelFormats = new FFmpegFrameGrabber(file.toFile());
                FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile())) {
            pixelFormats.setImageMode(FrameGrabber.ImageMode.RAW);
            pixelFormats.start();
            grabber.setPixelFormat(avutil.AV_PIX_FMT_RGB24);
            grabber.setImageMode(FrameGrabber.ImageMode.COLOR);
            grabber.start();
            List<RgbFrame> frames = new ArrayList<>();
            List<Long> timestamps = new ArrayList<>();
            for (Frame frame = grabber.grabImage(); frame != null; frame = grabber.grabImage()) {
                frames.add(copy(frame));
                timestamps.add(frame.timestamp);
            }
            return new VideoReader(
                    frames,
                    grabber.getVideoFrameRate(),
                    grabber.getVideoCodecName(),
                    pixelFormats.getPixelFormat(),
                    timestamps);
        }
    }

    private static RgbFrame copy(Frame frame) {
        ByteBuffer pixels = (ByteBuffer) frame.image[0];
        byte[] rgb = new byte[frame.imageWidth * frame.imageHeight * 3];
        for (int y = 0; y < frame.imageHeight; y++) {
            pixels.position(y * frame.imageStride).get(rgb, y * frame.imageWidth * 3, frame.imageWidth * 3);
        }
        return new RgbFrame(new FrameSize(frame.imageWidth, frame.imageHeight), rgb);
    }

    /** Peak signal-to-noise ratio against these frames, in dB. */
    double psnr(List<RgbFrame> expected) {
        double squares = 0;
        long values = 0;
        for (int t = 0; t < expected.size(); t++) {
            ByteBuffer a = expected.get(t).bytes();
            ByteBuffer b = frames.get(t).bytes();
            while (a.hasRemaining()) {
                int difference = (a.get() & 0xff) - (b.get() & 0xff);
                squares += difference * difference;
                values++;
            }
        }
        return 10 * Math.log10(255.0 * 255.0 * values / squares);
    }
}
