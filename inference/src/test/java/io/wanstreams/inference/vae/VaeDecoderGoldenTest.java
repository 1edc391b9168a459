package io.wanstreams.inference.vae;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.inference.GoldenCase;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VaeDecoderGoldenTest {

    @ParameterizedTest
    @MethodSource("io.wanstreams.inference.GoldenCase#all")
    void framesAreThoseOfTheReference(GoldenCase golden, @TempDir Path cache) {
        int[] shape = golden.shape("latents");
        List<DecodedFrame> frames = new ArrayList<>();
        try (VaeDecoder decoder =
                VaeDecoder.open(Checkpoint.open(golden.checkpoint(), cache), Device.CPU, SessionSettings.defaults())) {
            decoder.decode(golden.floats("latents"), shape[1], shape[2], shape[3], frames::add, new Cancellation());
            assertThat(frames).hasSize(decoder.grid().frames(shape[1]));
        }
        double error = GoldenCase.relativeError(Difference.video(frames), golden.floats("video"));
        double psnr = Difference.psnr(Difference.bytes(frames), golden.uint8("frames"));
        System.out.printf("golden vae          %-20s video relative L2 %.1e, frames %.1f dB%n", golden, error, psnr);
        assertThat(error).isLessThan(1e-5);
        assertThat(psnr).isGreaterThan(60);
    }
}
