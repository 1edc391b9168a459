package io.wanstreams.decoder.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wanstreams.tensors.DType;
import io.wanstreams.tensors.SafetensorsLimits;
import io.wanstreams.tensors.SafetensorsReader;
import io.wanstreams.tensors.Shape;
import io.wanstreams.tensors.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameSpoolTest {

    @TempDir
    Path folder;

    @Test
    void theFramesComeBackAsOneTensor() throws IOException {
        List<RgbFrame> clip = Clip.of(8, 6, 3);
        Path file = folder.resolve("frames.safetensors");
        try (FrameSpool spool = FrameSpool.open(file, 3, new FrameSize(8, 6))) {
            for (RgbFrame frame : clip) {
                spool.accept(frame);
            }
            spool.finish();
        }

        Tensor frames = SafetensorsReader.read(ByteBuffer.wrap(Files.readAllBytes(file)), SafetensorsLimits.WIRE)
                .tensor("frames");

        assertThat(frames.type()).isEqualTo(DType.U8);
        assertThat(frames.shape()).isEqualTo(Shape.of(3, 6, 8, 3));
        ByteBuffer bytes = frames.bytes();
        for (RgbFrame frame : clip) {
            assertThat(bytes.slice(bytes.position(), frame.size().rgbBytes())).isEqualTo(frame.bytes());
            bytes.position(bytes.position() + frame.size().rgbBytes());
        }
    }

    @Test
    void tooFewFramesAreNoticed() throws IOException {
        try (FrameSpool spool = FrameSpool.open(folder.resolve("f.safetensors"), 3, new FrameSize(8, 6))) {
            spool.accept(Clip.frame(8, 6, 0));

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(spool::finish)
                    .withMessageContaining("expected");
        }
    }
}
