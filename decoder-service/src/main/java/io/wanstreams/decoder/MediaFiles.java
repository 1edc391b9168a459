package io.wanstreams.decoder;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.bundle.TensorEntry;
import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.contracts.request.VideoRequest;
import io.wanstreams.decoder.video.FrameSink;
import io.wanstreams.decoder.video.FrameSize;
import io.wanstreams.decoder.video.FrameSpool;
import io.wanstreams.decoder.video.RgbFrame;
import io.wanstreams.decoder.video.SpriteSheet;
import io.wanstreams.decoder.video.Thumbnail;
import io.wanstreams.decoder.video.VideoEncoder;
import io.wanstreams.decoder.video.VideoFormat;
import io.wanstreams.transport.bundle.BundleContent;
import io.wanstreams.transport.stage.StageException;
import io.wanstreams.transport.stage.StageRun;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that is made of a job's frames while they come: video, thumbnail, sprite sheet, and the frames where asked for. */
final class MediaFiles implements FrameSink, AutoCloseable {

    private static final String MP4 = "video/mp4";
    private static final String JPEG = "image/jpeg";

    private final Path videoFile;
    private final Path framesFile;
    private final VideoEncoder video;
    private final Thumbnail thumbnail;
    private final SpriteSheet sheet;
    private final @Nullable FrameSpool frames;
    private final VideoRequest request;
    private byte[] thumbnailJpeg = {};
    private byte[] sheetJpeg = {};

    private MediaFiles(Workspace workspace, VideoRequest request, MediaSettings settings) throws IOException {
        FrameSize size = new FrameSize(request.width(), request.height());
        this.request = request;
        this.thumbnail = new Thumbnail(request.numFrames(), settings.thumbnailEdge());
        this.sheet = new SpriteSheet(request.numFrames(), size, settings.sheetTiles(), settings.sheetTileEdge());
        this.videoFile = workspace.file("video.mp4");
        this.framesFile = workspace.file("frames.safetensors");
        this.video = VideoEncoder.open(videoFile, new VideoFormat(size, request.fps(), settings.quantizer()));
        try {
            this.frames = request.saveFrames() ? FrameSpool.open(framesFile, request.numFrames(), size) : null;
        } catch (IOException e) {
            video.close();
            throw e;
        }
    }

    static MediaFiles open(Workspace workspace, VideoRequest request, MediaSettings settings) throws IOException {
        return new MediaFiles(workspace, request, settings);
    }

    @Override
    public void accept(RgbFrame frame) throws IOException {
        video.accept(frame);
        thumbnail.accept(frame);
        sheet.accept(frame);
        if (frames != null) {
            frames.accept(frame);
        }
    }

    /** Ends all files: after this they are whole. */
    void finish() throws IOException {
        video.finish();
        thumbnailJpeg = thumbnail.toJpeg();
        sheetJpeg = sheet.toJpeg();
        if (frames != null) {
            frames.finish();
        }
    }

    /** Writes the finished files as bundles, by the names of the stage's outputs. */
    Map<String, BundleRef> publish(StageRun run) throws IOException, StageException, InterruptedException {
        Map<String, BundleRef> bundles = new TreeMap<>();
        bundles.put(StageOutputs.VIDEO, run.writeMedia(MP4, BundleContent.of(videoFile)));
        bundles.put(StageOutputs.THUMBNAIL, run.writeMedia(JPEG, BundleContent.of(thumbnailJpeg)));
        bundles.put(StageOutputs.SPRITESHEET, run.writeMedia(JPEG, BundleContent.of(sheetJpeg)));
        if (frames != null) {
            bundles.put(StageOutputs.FRAMES, run.writeMedia(BundleRef.SAFETENSORS, new Frames(framesFile, request)));
        }
        return bundles;
    }

    @Override
    public void close() throws IOException {
        video.close();
        if (frames != null) {
            frames.close();
        }
    }

    /** The file of frames with its table. */
    private static final class Frames implements BundleContent {
        private final BundleContent file;
        private final TensorEntry entry;

        Frames(Path path, VideoRequest request) throws IOException {
            this.file = BundleContent.of(path);
            this.entry = new TensorEntry(
                    FrameSpool.TENSOR,
                    "U8",
                    List.of((long) request.numFrames(), (long) request.height(), (long) request.width(), 3L));
        }

        @Override
        public long length() {
            return file.length();
        }

        @Override
        public void writeTo(WritableByteChannel channel) throws IOException {
            file.writeTo(channel);
        }

        @Override
        public List<TensorEntry> tensors() {
            return List.of(entry);
        }
    }
}
