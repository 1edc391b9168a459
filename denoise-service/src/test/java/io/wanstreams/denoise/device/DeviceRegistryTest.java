package io.wanstreams.denoise.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wanstreams.inference.session.Device;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceRegistryTest {

    private static final Device FIRST = new Device.Cuda(0);
    private static final Device SECOND = new Device.Cuda(1);

    @TempDir
    Path locks;

    @Test
    void aSecondExpertOnADeviceIsRefusedNamingTheFirstAndTheSetting() {
        DeviceRegistry registry = new DeviceRegistry(locks, false);
        registry.take(FIRST, "denoise-high of model a");

        assertThatExceptionOfType(DeviceUnavailableException.class)
                .isThrownBy(() -> registry.take(FIRST, "denoise-low of model a"))
                .withMessageContaining("cuda:0")
                .withMessageContaining("denoise-low of model a")
                .withMessageContaining("held by denoise-high of model a")
                .withMessageContaining("wan.device.shared=true");
    }

    @Test
    void eachExpertHasADeviceOfItsOwn() {
        DeviceRegistry registry = new DeviceRegistry(locks, false);

        DeviceLease first = registry.take(FIRST, "denoise-high of model a");
        DeviceLease second = registry.take(SECOND, "denoise-low of model a");

        assertThat(first.device()).isEqualTo(FIRST);
        assertThat(second.device()).isEqualTo(SECOND);
    }

    @Test
    void aDeviceGivenBackIsFreeForTheNext() {
        DeviceRegistry registry = new DeviceRegistry(locks, false);
        DeviceLease lease = registry.take(FIRST, "denoise-high of model a");
        lease.close();
        lease.close();

        assertThatCode(() -> registry.take(FIRST, "denoise-low of model a")).doesNotThrowAnyException();
    }

    @Test
    void expertsThatAcceptCompanyShareAndTheLastOneFreesTheDevice() {
        DeviceRegistry sharing = new DeviceRegistry(locks, true);
        DeviceLease first = sharing.take(FIRST, "denoise-high of model a");
        DeviceLease second = sharing.take(FIRST, "denoise-low of model a");
        DeviceRegistry alone = new DeviceRegistry(locks, false);

        first.close();
        assertThatExceptionOfType(DeviceUnavailableException.class).isThrownBy(() -> alone.take(FIRST, "another"));
        second.close();
        assertThatCode(() -> alone.take(FIRST, "another")).doesNotThrowAnyException();
    }

    @Test
    void aDeviceHeldByAnotherProcessIsRefusedUntilThatEndsHoweverItEnds() throws Exception {
        Process other = holder();
        try {
            DeviceRegistry registry = new DeviceRegistry(locks, false);
            assertThatExceptionOfType(DeviceUnavailableException.class)
                    .isThrownBy(() -> registry.take(FIRST, "denoise-low of model a"))
                    .withMessageContaining("held by the other in process " + other.pid());
            assertThatCode(() -> new DeviceRegistry(locks, true).take(FIRST, "sharing"))
                    .doesNotThrowAnyException();
        } finally {
            other.destroyForcibly().waitFor();
        }
        assertThatCode(() -> new DeviceRegistry(locks, false).take(FIRST, "denoise-low of model a"))
                .doesNotThrowAnyException();
    }

    @Test
    void aLockFolderThatCannotBeIsNamedWithItsSetting() throws IOException {
        Path file = Files.createFile(locks.resolve("file"));

        assertThatExceptionOfType(DeviceUnavailableException.class)
                .isThrownBy(() -> new DeviceRegistry(file, false).take(Device.CPU, "denoise of model a"))
                .withMessageContaining("wan.device.lock-dir");
    }

    /** Another JVM that holds the first device until it is killed. */
    private Process holder() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        locks.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        assertThat(output.readLine()).isEqualTo("held");
        return process;
    }

    /** The other process. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            DeviceLease lease = new DeviceRegistry(Path.of(arguments[0]), false).take(FIRST, "the other");
            System.out.println("held");
            while (System.in.read() >= 0) {
                assertThat(lease.device()).isEqualTo(FIRST);
            }
        }
    }
}
