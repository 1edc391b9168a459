package io.wanstreams.gateway.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PublicAddressesTest {

    private final PublicAddresses addresses = new PublicAddresses(List.of());

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1"})
    void takesPublicAddresses(String address) {
        assertThat(addresses.resolve(address).getHostAddress()).isNotEmpty();
    }

    /** IANA's registries of special-purpose addresses, and other ways to write some of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "127.0.0.1",
                "127.1",
                "2130706433",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "::ffff:7f00:1",
                "::127.0.0.1",
                "64:ff9b::a00:1",
                "fe80::1",
                "fc00::1",
                "fd12::1",
                "ff02::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "3fff::1"
            })
    void refusesAllOthers(String address) {
        assertThatThrownBy(() -> addresses.resolve(address)).isInstanceOf(OutboundException.Forbidden.class);
    }

    @Test
    void refusesANameWithOneAddressThatIsNotPublic() throws UnknownHostException {
        InetAddress[] both = {InetAddress.getByName("8.8.8.8"), InetAddress.getByName("10.0.0.1")};
        PublicAddresses mixed = new PublicAddresses(List.of(), host -> both);

        assertThatThrownBy(() -> mixed.resolve("mixed.test")).isInstanceOf(OutboundException.Forbidden.class);
    }

    @Test
    void takesWhatTheOperatorAllows() {
        PublicAddresses allowing =
                new PublicAddresses(List.of(AddressRange.parse("10.1.0.0/15"), AddressRange.parse("fd00::/8")));

        assertThat(allowing.resolve("10.0.255.255".replace("10.0", "10.1"))).isNotNull();
        assertThat(allowing.resolve("fd12::1")).isNotNull();
        for (String outside : List.of("10.2.0.0", "9.255.255.255".replace("9.", "10."), "fe80::1")) {
            assertThatThrownBy(() -> allowing.resolve(outside)).isInstanceOf(OutboundException.Forbidden.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "10.0.0.0/33", "10.0.0.0/x", "10.0.0/8", "", "::/129", "10.0.0.0/"})
    void refusesRangesThatAreNone(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressRange.parse(text))
                .withMessageContaining("'" + text + "'");
    }
}
