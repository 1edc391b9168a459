package io.wanstreams.inference.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTest {
    @Test
    void isReadAndPrintedAlike() {
        assertThat(Device.parse("cpu")).isEqualTo(Device.CPU).hasToString("cpu");
        assertThat(Device.parse(" CUDA:1 ")).isEqualTo(new Device.Cuda(1)).hasToString("cuda:1");
        assertThat(Device.parse("cuda")).isEqualTo(new Device.Cuda(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpu", "cuda:", "cuda:-1", "cuda:256", "cuda:1:2", "cpu:0"})
    void refusesOthers(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Device.parse(text));
    }

    /** The build of the CPU library: the device must reach the session's options to be refused there. */
    @Test
    void refusesAGpuThatThisBuildCannotUse() {
        assertThatExceptionOfType(InferenceException.class)
                .isThrownBy(
                        () -> Session.open(SessionTest.doubling(), Device.parse("cuda:1"), SessionSettings.defaults()))
                .withMessageContaining("Device cuda:1 needs a build with the CUDA provider");
    }
}
