package io.wanstreams.inference.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Bytes by hand, after the protocol buffer encoding guide. */
class ProtoWriterTest {
    @Test
    void writesVarints() {
        assertThat(hex(new ProtoWriter().varint(1, 150))).isEqualTo("089601");
        assertThat(hex(new ProtoWriter().varint(1, 0))).isEqualTo("0800");
        assertThat(hex(new ProtoWriter().varint(20, -1))).isEqualTo("a001" + "ffffffffffffffffff01");
    }

    @Test
    void writesTextFloatsAndMessages() {
        assertThat(hex(new ProtoWriter().text(2, "testing"))).isEqualTo("120774657374696e67");
        assertThat(hex(new ProtoWriter().fixed32(2, 1f))).isEqualTo("150000803f");
        assertThat(hex(new ProtoWriter().message(3, new ProtoWriter().varint(1, 150))))
                .isEqualTo("1a03089601");
    }

    private static String hex(ProtoWriter writer) {
        return HexFormat.of().formatHex(writer.toBytes());
    }
}
