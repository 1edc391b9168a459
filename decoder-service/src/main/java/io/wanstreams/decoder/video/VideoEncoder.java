package io.wanstreams.decoder.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BITEXACT;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameRecorder;

/**
 * Writes frames as H.264 (yuv420p, High profile) into an MP4 file that plays while it loads: its index stands before the
 * pictures. Equal frames and format give equal bytes: one thread, a fixed quantizer, no date, no version inside.
 *
 * <p>Holds one frame, whatever the length of the video. For one thread.
 */
public final class VideoEncoder implements FrameSink, AutoCloseable {

    private static final String CODEC = "libopenh264";
    /** Only sizes the encoder's rate model, which an equal least and greatest quantizer overrule. */
    private static final int NOMINAL_BITS_PER_SECOND = 4_000_000;
    /** A player that jumps decodes at most this many frames. */
    private static final int KEY_FRAME_EVERY = 32;

    private final Path file;
    private final FrameSize size;
    private final FFmpegFrameRecorder recorder;
    private final Frame buffer;
    private long frames;

    private VideoEncoder(Path file, FrameSize size, FFmpegFrameRecorder recorder) {
        this.file = file;
        this.size = size;
        this.recorder = recorder;
        this.buffer = new Frame(size.width(), size.height(), Frame.DEPTH_UBYTE, 3);
    }

    /**
     * Loads FFmpeg, which takes most of a second the first time: a service does it before its first job.
     *
     * @throws IllegalStateException when this machine has no FFmpeg that fits
     */
    public static void load() {
        try {
            FFmpegFrameRecorder.tryLoad();
        } catch (FFmpegFrameRecorder.Exception e) {
            throw new IllegalStateException(
                    "FFmpeg cannot be loaded on " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                            + ": " + e.getMessage(),
                    e);
        }
    }

    /**
     * Begins a file.
     *
     * @param file is made, or overwritten
     * @throws IOException when it cannot be written
     */
    public static VideoEncoder open(Path file, VideoFormat format) throws IOException {
        // FFmpeg writes to standard error by itself; what matters comes back as an exception.
        avutil.av_log_set_level(avutil.AV_LOG_QUIET);
        FFmpegFrameRecorder recorder = recorder(file, format);
        try {
            recorder.start();
        } catch (FrameRecorder.Exception e) {
            release(recorder);
            throw failure(file, e);
        }
        return new VideoEncoder(file, format.size(), recorder);
    }

    private static FFmpegFrameRecorder recorder(Path file, VideoFormat format) {
        FrameSize size = format.size();
        FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), size.width(), size.height(), 0);
        recorder.setFormat("mp4");
        recorder.setOption("movflags", "+faststart");
        recorder.setOption("fflags", "+bitexact");
        recorder.setFrameRate(format.fps());
        recorder.setGopSize(KEY_FRAME_EVERY);
        recorder.setVideoCodec(avcodec.AV_CODEC_ID_H264);
        recorder.setVideoCodecName(CODEC);
        recorder.setPixelFormat(AV_PIX_FMT_YUV420P);
        recorder.setVideoBitrate(NOMINAL_BITS_PER_SECOND);
        recorder.setVideoOption("profile", "high");
        recorder.setVideoOption("rc_mode", "quality");
        recorder.setVideoOption("qmin", Integer.toString(format.quantizer()));
        recorder.setVideoOption("qmax", Integer.toString(format.quantizer()));
        recorder.setVideoOption("threads", "1");
        recorder.setVideoOption("flags", "+bitexact");
        // The scaler converts with the matrix of ITU-R BT.601; a player has to be told, or it guesses by size.
        recorder.setVideoOption("colorspace", "smpte170m");
        recorder.setVideoOption("color_primaries", "bt709");
        recorder.setVideoOption("color_trc", "bt709");
        recorder.setVideoOption("color_range", "tv");
        recorder.setImageScalingFlags(SWS_BICUBIC | SWS_ACCURATE_RND | SWS_BITEXACT);
        return recorder;
    }

    @Override
    public void accept(RgbFrame frame) throws IOException {
        if (!frame.size().equals(size)) {
            throw new IllegalArgumentException(
                    "Frame " + frames + " is " + frame.size() + " in a video of " + size + ".");
        }
        fill(frame);
        try {
            recorder.record(buffer, AV_PIX_FMT_RGB24);
        } catch (FrameRecorder.Exception e) {
            throw failure(file, e);
        }
        frames++;
    }

    private void fill(RgbFrame frame) {
        ByteBuffer pixels = (ByteBuffer) buffer.image[0];
        for (int y = 0; y < size.height(); y++) {
            pixels.position(y * buffer.imageStride).put(frame.row(y));
        }
        pixels.rewind();
    }

    /**
     * Ends the file and makes sure that it is whole.
     *
     * @throws IOException when it could not be written to its end
     */
    public void finish() throws IOException {
        if (frames == 0) {
            throw new IllegalStateException("A video has at least one frame.");
        }
        try {
            recorder.stop();
        } catch (FrameRecorder.Exception e) {
            throw failure(file, e);
        }
        // FFmpeg does not say when the last writes fail.
        Mp4File.check(file);
    }

    /** Frees native memory; without {@link #finish} the file is of no use. */
    @Override
    public void close() {
        release(recorder);
    }

    private static void release(FFmpegFrameRecorder recorder) {
        try {
            recorder.release();
        } catch (FrameRecorder.Exception e) {
            throw new IllegalStateException("FFmpeg does not fail to free its memory.", e);
        }
    }

    private static IOException failure(Path file, Exception cause) {
        return new IOException(
                "The video file " + file + " cannot be written: expected a writable folder with free space.", cause);
    }
}
