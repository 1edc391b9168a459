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
        assertThat(Device.parse("tensorrt:2")).isEqualTo(new Device.TensorRt(2)).hasToString("tensorrt:2");
        assertThat(Device.parse("tensorrt:2").physical()).isEqualTo(Device.parse("cuda:2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpu", "cuda:", "cuda:-1", "cuda:256", "cuda:1:2", "cpu:0", "tensorrt:256"})
    void refusesOthers(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Device.parse(text));
    }

    /** The build of the CPU library: the device must reach the session's options to be refused there. */
    @ParameterizedTest
    @ValueSource(strings = {"cuda:1", "tensorrt:1"})
    void refusesAGpuThatThisBuildCannotUse(String gpu) {
        assertThatExceptionOfType(InferenceException.class)
                .isThrownBy(() -> Session.open(SessionTest.doubling(), Device.parse(gpu), SessionSettings.defaults()))
                .withMessageContaining("Device " + gpu + " needs a build with the provider ")
                .withMessageContaining("(onnxruntime_gpu: mvn -Pgpu), this one has only [CPU");
    }
}
