package io.wanstreams.gateway.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.gateway.request.RefusedException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CloudEvents' Kafka protocol binding, §3. */
final class RequestEventTest {

    private static final byte[] DATA = "{\"prompt\":\"a cat\"}".getBytes(UTF_8);

    @Test
    void readsBothModesAlike() {
        RequestEvent binary = RequestEvent.read(binaryHeaders(), DATA);
        RequestEvent structured = RequestEvent.read(
                Map.of("content-type", "Application/CloudEvents+JSON; charset=UTF-8"),
                structured("\"datacontenttype\":\"application/json\",\"data\":{\"prompt\":\"a cat\"}"));
        RequestEvent base64 = RequestEvent.read(
                Map.of("content-type", "application/cloudevents+json"),
                structured("\"data_base64\":\"eyJwcm9tcHQiOiJhIGNhdCJ9\""));

        assertThat(binary.source()).isEqualTo("/shop");
        assertThat(binary.id()).isEqualTo("17");
        assertThat(structured).isEqualTo(binary);
        assertThat(base64).isEqualTo(binary);
    }

    @Test
    void takesTheBodysWordAgainstTheHeaders() {
        Map<String, String> headers = binaryHeaders();
        headers.put("content-type", "application/cloudevents+json");
        headers.put("ce_id", "99");

        assertThat(RequestEvent.read(headers, structured("\"data\":{}")).id()).isEqualTo("17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_specversion", "ce_id", "ce_source", "ce_type"})
    void requiresTheAttributes(String missing) {
        Map<String, String> headers = binaryHeaders();
        headers.remove(missing);

        assertThatThrownBy(() -> RequestEvent.read(headers, DATA)).isInstanceOf(RefusedException.class);
    }

    @ParameterizedTest
    @CsvSource({"ce_specversion,0.3", "content-type,text/plain", "ce_id,''"})
    void refusesOtherKinds(String header, String value) {
        Map<String, String> headers = binaryHeaders();
        headers.put(header, value);

        assertThatThrownBy(() -> RequestEvent.read(headers, DATA)).isInstanceOf(RefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/cloudevents-batch+json", "application/cloudevents+avro", "application/cloudevents"})
    void refusesOtherFormats(String type) {
        assertThatThrownBy(() -> RequestEvent.read(Map.of("content-type", type), structured("\"data\":{}")))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void refusesValuesThatAreNone() {
        assertThatThrownBy(() -> RequestEvent.read(binaryHeaders(), null)).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> RequestEvent.read(Map.of(), DATA)).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> RequestEvent.read(
                        Map.of("content-type", "application/cloudevents+json"), structured("\"data_base64\":\"%\"")))
                .isInstanceOf(RefusedException.class);
    }

    private static Map<String, String> binaryHeaders() {
        Map<String, String> headers = new HashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_type", "com.example.wanted");
        headers.put("ce_source", "/shop");
        headers.put("ce_id", "17");
        headers.put("content-type", "application/json");
        return headers;
    }

    private static byte[] structured(String data) {
        return ("{\"specversion\":\"1.0\",\"type\":\"t\",\"source\":\"/shop\",\"id\":\"17\"," + data + "}")
                .getBytes(UTF_8);
    }
}
