package io.wanstreams.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.wanstreams.contracts.json.ContractJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class RequestSchemaTest {

    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(RequestSchema.of(SchemasResource.REQUEST));

    @Test
    void whatClientsSendIsValid() throws IOException {
        assertThat(SCHEMA.validate(json("{\"prompt\":\"a cat\",\"seconds\":\"4\",\"size\":\"64x64\",\"unknown\":[1]}")))
                .isEmpty();
        assertThat(SCHEMA.validate(json("{\"prompt\":\"a cat\",\"seconds\":4,\"guidance_scale_2\":3.5}")))
                .isEmpty();
    }

    @Test
    void wrongKindsAreNot() throws IOException {
        assertThat(SCHEMA.validate(json("{\"prompt\":[\"a cat\"]}"))).isNotEmpty();
        assertThat(SCHEMA.validate(json("{\"prompt\":\"a cat\",\"guidance_scale_2\":{}}")))
                .isNotEmpty();
        assertThat(SCHEMA.validate(json("{\"prompt\":\"a cat\",\"metadata\":{\"a\":{}}}")))
                .isNotEmpty();
    }

    /** {@code -Dwan.schemas.write=true} writes what this module adds to the contracts' schemas. */
    @Test
    void theDocumentedSchemasAreThoseThatAreServed() throws IOException {
        Path directory = Path.of(Objects.requireNonNull(System.getProperty("wan.root")), "docs/schemas");
        for (Map.Entry<String, ObjectNode> schema : SchemasResource.all().entrySet()) {
            Path file = directory.resolve(schema.getKey() + ".json");
            String text =
                    ContractJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(schema.getValue()) + "\n";
            if (Boolean.getBoolean("wan.schemas.write")) {
                Files.writeString(file, text);
            }
            assertThat(file)
                    .as("mvn -pl gateway test -Dtest=RequestSchemaTest -Dwan.schemas.write=true")
                    .exists();
            assertThat(Files.readString(file)).isEqualTo(text);
        }
    }

    private static JsonNode json(String text) throws IOException {
        return ContractJson.mapper().readTree(text);
    }
}
