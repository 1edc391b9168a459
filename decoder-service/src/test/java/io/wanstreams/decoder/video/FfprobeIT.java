package io.wanstreams.decoder.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ffprobe of the machine says about our files. */
@Tag("foreign")
class FfprobeIT {

    @TempDir
    Path folder;

    @Test
    void ffprobeSeesTheVideoThatWasMeant() throws Exception {
        Path file = folder.resolve("video.mp4");
        try (VideoEncoder encoder = VideoEncoder.open(file, new VideoFormat(new FrameSize(96, 64), 12, 18))) {
            for (RgbFrame frame : Clip.of(96, 64, 25)) {
                encoder.accept(frame);
            }
            encoder.finish();
        }

        String found = run(
                "ffprobe",
                "-v",
                "error",
                "-count_frames",
                "-show_entries",
                "stream=codec_name,profile,width,height,pix_fmt,color_space,r_frame_rate,nb_read_frames,duration:format_tags",
                "-of",
                "default=noprint_wrappers=1",
                file.toString());

        assertThat(found.lines())
                .contains(
                        "codec_name=h264",
                        "profile=High",
                        "width=96",
                        "height=64",
                        "pix_fmt=yuv420p",
                        "color_space=smpte170m",
                        "r_frame_rate=12/1",
                        "nb_read_frames=25",
                        "duration=2.083333")
                .noneMatch(line -> line.startsWith("TAG:encoder") || line.startsWith("TAG:creation_time"));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
