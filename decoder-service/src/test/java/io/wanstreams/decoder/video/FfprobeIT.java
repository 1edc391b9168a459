package io.wanstreams.decoder.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the ffprobe and the ffmpeg of the machine say about our files. */
@Tag("foreign")
class FfprobeIT {

    private static final int EDGE = 64;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"96, 64, 25, 12", "48, 160, 5, 24", "64, 64, 1, 16", "208, 112, 33, 30"})
    void everyFileIsWhatWasMeantAndDecodesWithoutAWord(int width, int height, int frames, int fps) throws Exception {
        FrameSize size = new FrameSize(width, height);
        Path file = folder.resolve("video.mp4");
        Thumbnail thumbnail = new Thumbnail(frames, EDGE);
        SpriteSheet sheet = new SpriteSheet(frames, size, 9, EDGE);
        try (VideoEncoder encoder = VideoEncoder.open(file, new VideoFormat(size, fps, 18))) {
            for (RgbFrame frame : Clip.of(width, height, frames)) {
                encoder.accept(frame);
                thumbnail.accept(frame);
                sheet.accept(frame);
            }
            encoder.finish();
        }

        assertThat(probe(file, "codec_name,profile,width,height,pix_fmt,color_space,r_frame_rate,nb_read_frames")
                        .lines())
                .contains(
                        "codec_name=h264",
                        "profile=High",
                        "width=" + width,
                        "height=" + height,
                        "pix_fmt=yuv420p",
                        "color_space=smpte170m",
                        "r_frame_rate=" + fps + "/1",
                        "nb_read_frames=" + frames)
                .noneMatch(line -> line.startsWith("TAG:encoder") || line.startsWith("TAG:creation_time"));
        assertThat(run("ffmpeg", "-v", "warning", "-i", file.toString(), "-f", "null", "-"))
                .as("a full decode")
                .isEmpty();
        isPicture("thumbnail.jpg", thumbnail.toJpeg(), size.within(EDGE));
        isPicture("sprites.jpg", sheet.toJpeg(), sheet.size());
    }

    private void isPicture(String name, byte[] jpeg, FrameSize size) throws Exception {
        Path file = Files.write(folder.resolve(name), jpeg);
        assertThat(probe(file, "codec_name,width,height").lines())
                .contains("codec_name=mjpeg", "width=" + size.width(), "height=" + size.height());
        // Not warnings: it misses the end marker of any JPEG that Java writes, though the marker is there.
        assertThat(jpeg).endsWith(0xff, 0xd9);
        assertThat(run("ffmpeg", "-v", "error", "-i", file.toString(), "-f", "rawvideo", "-y", "/dev/null"))
                .as(name)
                .isEmpty();
    }

    private static String probe(Path file, String entries) throws IOException, InterruptedException {
        return run(
                "ffprobe",
                "-v",
                "error",
                "-count_frames",
                "-show_entries",
                "stream=" + entries + ":format_tags",
                "-of",
                "default=noprint_wrappers=1",
                file.toString());
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
