package io.wanstreams.cli.pictures;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.DoubleFunction;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;

/** A clip as a person would draw it: one thing in front of a place, encoded as the decoder service encodes. */
final class DrawnClip {

    /** A thing at one moment: centre and size as shares of the side. */
    record Pose(double x, double y, double size) {}

    /** Where the thing is at a time from 0 to 1. */
    interface Path2d extends DoubleFunction<Pose> {}

    /** What is behind it. */
    enum Place {
        WALL,
        FIELD,
        NIGHT,
        SEA
    }

    static final int SIDE = 256;
    static final int FRAMES = 25;

    private final Place place;
    private final Color wall;
    private final Color thing;
    private final boolean round;
    private final Path2d path;

    DrawnClip(Place place, Color wall, Color thing, boolean round, Path2d path) {
        this.place = place;
        this.wall = wall;
        this.thing = thing;
        this.round = round;
        this.path = path;
    }

    void writeTo(Path file) throws Exception {
        avutil.av_log_set_level(avutil.AV_LOG_QUIET);
        try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), SIDE, SIDE)) {
            recorder.setFormat("mp4");
            recorder.setVideoCodec(avcodec.AV_CODEC_ID_H264);
            recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
            recorder.setFrameRate(12);
            recorder.setVideoBitrate(1_500_000);
            recorder.start();
            for (int i = 0; i < FRAMES; i++) {
                BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
                draw(image.createGraphics(), path.apply(i / (FRAMES - 1.0)));
                recorder.record(frame(image), avutil.AV_PIX_FMT_BGR24);
            }
        }
    }

    private static Frame frame(BufferedImage image) {
        byte[] bytes = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        Frame frame = new Frame(SIDE, SIDE, Frame.DEPTH_UBYTE, 3);
        ((ByteBuffer) frame.image[0].position(0)).put(bytes).position(0);
        return frame;
    }

    private void draw(Graphics2D g, Pose pose) {
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setColor(wall);
        g.fillRect(0, 0, SIDE, SIDE);
        switch (place) {
            case WALL -> {}
            case FIELD -> {
                g.setColor(new Color(120, 190, 240));
                g.fillRect(0, 0, SIDE, SIDE / 3);
            }
            case NIGHT -> {
                Random random = new Random(5);
                g.setColor(Color.WHITE);
                for (int i = 0; i < 60; i++) {
                    g.fillRect(random.nextInt(SIDE), random.nextInt(SIDE), 2, 2);
                }
            }
            case SEA -> {
                g.setStroke(new BasicStroke(2));
                for (int y = 0; y < SIDE; y += 16) {
                    g.setColor(y % 32 == 0 ? wall.brighter() : wall);
                    g.drawLine(0, y, SIDE, y);
                }
            }
        }
        double size = pose.size() * SIDE;
        double left = pose.x() * SIDE - size / 2;
        double top = pose.y() * SIDE - size / 2;
        Shape shape =
                round ? new Ellipse2D.Double(left, top, size, size) : new Rectangle2D.Double(left, top, size, size);
        g.setColor(thing);
        g.fill(shape);
        g.dispose();
    }
}
