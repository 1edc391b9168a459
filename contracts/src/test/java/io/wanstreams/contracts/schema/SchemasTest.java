package io.wanstreams.contracts.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.contracts.job.JobError;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.json.ContractJson;
import io.wanstreams.contracts.json.VideoResultCodec;
import io.wanstreams.contracts.result.ResultState;
import io.wanstreams.contracts.result.VideoResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemasTest {

    private static final ObjectMapper MAPPER = ContractJson.mapper();
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    /** The events of the codec's test: one of each kind, as they stand in the log. */
    static Stream<String> events() throws IOException {
        try (InputStream file = SchemasTest.class.getResourceAsStream("/io/wanstreams/contracts/json/events.txt")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8).lines();
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventIsValidAndNoneLacksARequiredField(String line) throws IOException {
        String name = line.substring("io.wanstreams.".length(), line.indexOf(' '));
        ObjectNode event = (ObjectNode) MAPPER.readTree(line.substring(line.indexOf(' ')));

        assertThat(validate(name, event)).isEmpty();
        for (JsonNode required : schema(name).path("required")) {
            ObjectNode without = event.deepCopy();
            without.remove(required.textValue());
            assertThat(validate(name, without)).as("without " + required).isNotEmpty();
            ObjectNode misshapen = event.deepCopy();
            misshapen.putArray(required.textValue()).add(true);
            assertThat(validate(name, misshapen)).as("misshapen " + required).isNotEmpty();
        }
    }

    @Test
    void everyKindOfEventIsAmongThem() throws IOException {
        assertThat(events().map(line -> line.substring("io.wanstreams.".length(), line.indexOf(' '))))
                .containsAll(Schemas.byName().keySet().stream()
                        .filter(name -> name.matches("(job|stage)\\..*"))
                        .toList());
    }

    @Test
    void aResultIsValid() throws IOException {
        VideoResult result = new VideoResult(
                new JobId(new UUID(1, 2)),
                ResultState.FAILED,
                "default",
                "http",
                null,
                "demo",
                64,
                32,
                9,
                12,
                7,
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(3),
                new JobError(FailureCode.STAGE_FAILED, "no"),
                null,
                new TreeMap<>(),
                new TreeMap<>(Map.of("shot", "12")));

        byte[] data = VideoResultCodec.data(result);

        assertThat(validate("video.result.v1", MAPPER.readTree(data))).isEmpty();
        assertThat(VideoResultCodec.read(data)).isEqualTo(result);
        assertThat(VideoResultCodec.headers(result))
                .containsEntry("ce_id", result.job() + "/failed")
                .containsEntry("ce_type", "io.wanstreams.video.failed.v1")
                .containsEntry("ce_subject", result.job().toString());
    }

    /** {@code -Dwan.schemas.write=true} writes them. */
    @Test
    void theDocumentedSchemasAreThese() throws IOException {
        Path directory = Path.of(Objects.requireNonNull(System.getProperty("wan.root")), "docs/schemas");
        for (Map.Entry<String, ObjectNode> schema : Schemas.byName().entrySet()) {
            SchemaFile.check(directory.resolve(schema.getKey() + ".json"), schema.getValue());
        }
    }

    private static Set<ValidationMessage> validate(String name, JsonNode event) {
        return FACTORY.getSchema(schema(name)).validate(event);
    }

    private static ObjectNode schema(String name) {
        return Objects.requireNonNull(Schemas.byName().get(name), name);
    }

    /** A schema in the documentation. */
    private static final class SchemaFile {

        static void check(Path file, ObjectNode schema) {
            try {
                String text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
                if (Boolean.getBoolean("wan.schemas.write")) {
                    Files.createDirectories(file.getParent());
                    Files.writeString(file, text);
                }
                assertThat(file)
                        .as(
                                "after a change of a contract: mvn -pl contracts test -Dtest=SchemasTest -Dwan.schemas.write=true")
                        .exists();
                assertThat(Files.readString(file)).isEqualTo(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
