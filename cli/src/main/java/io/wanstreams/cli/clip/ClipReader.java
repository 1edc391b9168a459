package io.wanstreams.cli.clip;

import io.wanstreams.cli.client.OneSentence;
import io.wanstreams.cli.client.VideosException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;

/** Decodes video files with FFmpeg. */
public final class ClipReader {

    /** A clip longer than this is somebody else's film. */
    private static final int FRAME_LIMIT = 4096;

    private static final int SIDE_LIMIT_PIXELS = 8192;

    private ClipReader() {}

    /** Decodes a file once and keeps nothing but its facts. */
    public static ClipFacts facts(Path file) {
        return read(file, Integer.MAX_VALUE, false).facts();
    }

    /** Decodes a file, scaled down so that no side is longer than {@code maxSidePixels}. */
    public static Clip read(Path file, int maxSidePixels) {
        return read(file, maxSidePixels, true);
    }

    private static Clip read(Path file, int maxSidePixels, boolean keep) {
        if (!Files.isReadable(file)) {
            throw new VideosException("The video " + file + " cannot be read");
        }
        avutil.av_log_set_level(avutil.AV_LOG_QUIET);
        try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile())) {
            grabber.setPixelFormat(avutil.AV_PIX_FMT_RGB24);
            grabber.setImageMode(FrameGrabber.ImageMode.COLOR);
            grabber.start();
            int fileWidth = grabber.getImageWidth();
            int fileHeight = grabber.getImageHeight();
            if (fileWidth < 1 || fileHeight < 1 || fileWidth > SIDE_LIMIT_PIXELS || fileHeight > SIDE_LIMIT_PIXELS) {
                throw new VideosException("The video " + file + " has frames of " + fileWidth + "x" + fileHeight
                        + ", expected sides of 1 to " + SIDE_LIMIT_PIXELS + " pixels");
            }
            double scale = Math.min(1, (double) maxSidePixels / Math.max(fileWidth, fileHeight));
            int width = Math.max(1, (int) Math.round(fileWidth * scale));
            int height = Math.max(1, (int) Math.round(fileHeight * scale));
            grabber.setImageWidth(width);
            grabber.setImageHeight(height);
            List<byte[]> frames = new ArrayList<>();
            int count = 0;
            for (Frame frame = grabber.grabImage(); frame != null; frame = grabber.grabImage()) {
                if (++count > FRAME_LIMIT) {
                    throw new VideosException("The video " + file + " has more than " + FRAME_LIMIT + " frames");
                }
                if (keep) {
                    frames.add(rgb(frame, width, height));
                }
            }
            String codec = grabber.getVideoCodecName() == null ? "unknown" : grabber.getVideoCodecName();
            return new Clip(
                    new ClipFacts(fileWidth, fileHeight, count, grabber.getVideoFrameRate(), codec),
                    width,
                    height,
                    frames);
        } catch (FrameGrabber.Exception e) {
            throw new VideosException("The video " + file + " cannot be decoded: " + OneSentence.of(e), e);
        }
    }

    /** Copies a frame without the padding at the end of its rows. */
    private static byte[] rgb(Frame frame, int width, int height) {
        ByteBuffer rows = (ByteBuffer) frame.image[0];
        byte[] pixels = new byte[width * height * 3];
        for (int y = 0; y < height; y++) {
            rows.get(y * frame.imageStride, pixels, y * width * 3, width * 3);
        }
        return pixels;
    }
}
