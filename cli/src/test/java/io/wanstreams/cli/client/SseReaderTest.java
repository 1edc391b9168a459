package io.wanstreams.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.cli.client.SseReader.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** WHATWG HTML, 9.2.6: interpretation of an event stream. */
class SseReaderTest {

    @Test
    void readsNamesAndData() throws IOException {
        SseReader events =
                reader(": hello\nevent: video.stage\nid: 0:5\ndata: {\"a\":\ndata: 1}\n\ndata:plain\r\n\r\n");

        assertThat(events.next()).isEqualTo(new Event("video.stage", "{\"a\":\n1}"));
        assertThat(events.next()).isEqualTo(new Event("message", "plain"));
        assertThat(events.next()).isNull();
    }

    @Test
    void anEventWithoutDataOrEndIsNone() throws IOException {
        SseReader events = reader("event: video.stage\n\ndata: cut off");

        assertThat(events.next()).isNull();
    }

    @Test
    void anEndlessLineIsRefused() {
        SseReader events = reader("data: " + "x".repeat(2 << 20));

        assertThatThrownBy(events::next)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more than 1048576 bytes");
    }

    private static SseReader reader(String text) {
        return new SseReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
