package io.wanstreams.decoder.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VideoEncoderTest {

    private static final int FINE = 18;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"16,16,1,24,33", "96,64,9,12,38", "64,96,5,16,38", "256,144,17,30,38"})
    void everyFrameComesBackAtItsTimeAndLooksTheSame(int width, int height, int count, int fps, double psnr)
            throws Exception {
        List<RgbFrame> clip = Clip.of(width, height, count);

        Path file = encode(clip, fps, FINE, "video.mp4");

        VideoReader read = VideoReader.read(file);
        assertThat(read.frames()).hasSize(count);
        assertThat(read.frames().get(0).size()).isEqualTo(new FrameSize(width, height));
        assertThat(read.fps()).isEqualTo(fps);
        assertThat(read.codec()).isEqualTo("h264");
        assertThat(read.pixelFormat()).isEqualTo(avutil.AV_PIX_FMT_YUV420P);
        for (int t = 0; t < count; t++) {
            assertThat(read.timestampsMicros().get(t)).isCloseTo(1_000_000L * t / fps, within(1L));
        }
        assertThat(read.psnr(clip)).isGreaterThan(psnr);
    }

    @Test
    void theIndexStandsBeforeThePictures() throws Exception {
        Path file = encode(Clip.of(64, 48, 5), 16, FINE, "video.mp4");

        assertThat(Mp4File.boxes(file)).containsSubsequence("ftyp", "moov", "mdat");
    }

    @Test
    void equalFramesGiveEqualBytes() throws Exception {
        Path first = encode(Clip.of(96, 64, 9), 16, FINE, "first.mp4");
        Path second = encode(Clip.of(96, 64, 9), 16, FINE, "second.mp4");

        assertThat(second).hasSameBinaryContentAs(first);
    }

    @Test
    void aCoarserQuantizerMakesASmallerFile() throws Exception {
        long fine = Files.size(encode(Clip.of(96, 64, 9), 16, FINE, "fine.mp4"));
        long coarse = Files.size(encode(Clip.of(96, 64, 9), 16, 40, "coarse.mp4"));

        assertThat(coarse).isLessThan(fine);
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        Path file = folder.resolve("missing/video.mp4");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> VideoEncoder.open(file, new VideoFormat(new FrameSize(16, 16), 16, FINE)))
                .withMessageContaining(file.toString());
    }

    @Test
    void aFrameOfAnotherSizeIsRefused() throws Exception {
        try (VideoEncoder encoder =
                VideoEncoder.open(folder.resolve("v.mp4"), new VideoFormat(new FrameSize(16, 16), 16, FINE))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> encoder.accept(Clip.frame(32, 16, 0)))
                    .withMessageContaining("32x16");
        }
    }

    @ParameterizedTest
    @CsvSource({"15,16,16,18", "16,15,16,18", "16,16,0,18", "16,16,241,18", "16,16,16,0", "16,16,16,52"})
    void aFormatThatCannotBeIsRefused(int width, int height, int fps, int quantizer) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VideoFormat(new FrameSize(width, height), fps, quantizer));
    }

    private Path encode(List<RgbFrame> clip, int fps, int quantizer, String name) throws IOException {
        Path file = folder.resolve(name);
        VideoFormat format = new VideoFormat(clip.get(0).size(), fps, quantizer);
        try (VideoEncoder encoder = VideoEncoder.open(file, format)) {
            for (RgbFrame frame : clip) {
                encoder.accept(frame);
            }
            encoder.finish();
        }
        return file;
    }
}
