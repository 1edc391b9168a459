package io.wanstreams.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setting is one that a service's README explains, or one of the platform's. */
final class SettingsTest {

    private static final Map<String, String> README = Map.of(
            "gateway", "gateway",
            "prompt-service", "prompt-service",
            "encoder-service", "encoder-service",
            "denoise-high", "denoise-service",
            "denoise-low", "denoise-service",
            "decoder-service", "decoder-service");

    /** Of the JVM, of Quarkus, of SmallRye and of the tokenizers' library. */
    private static final Set<String> PLATFORM = Set.of(
            "JAVA_TOOL_OPTIONS", "SMALLRYE_CONFIG_LOCATIONS", "QUARKUS_HTTP_HOST", "QUARKUS_HTTP_PORT", "RUST_FLAVOR");

    private static final Pattern KEY = Pattern.compile("`((?:wan|kafka)\\.[a-z0-9.<>\"-]+)`");

    @ParameterizedTest
    @MethodSource("io.wanstreams.k8s.DeploymentsTest#deployments")
    void variables_of_a_deployment_are_settings_of_its_service(Node deployment) {
        Set<String> known = environmentForms(README.getOrDefault(deployment.text("metadata/name"), "no module"));
        Node service = deployment.at("spec/template/spec/containers").named("service");

        assertThat(service.at("env").children().stream().map(e -> e.text("name")))
                .isSubsetOf(known)
                .contains("SMALLRYE_CONFIG_LOCATIONS");
        assertThat(service.at("envFrom/0/configMapRef").text("name")).isEqualTo("wan-environment");
    }

    @Test
    void shared_variables_are_settings_of_some_service() {
        Set<String> known = README.values().stream()
                .flatMap(module -> environmentForms(module).stream())
                .collect(Collectors.toSet());

        for (String file : List.of("base/wan.env", "overlays/cluster/wan.env")) {
            assertThat(variables(file).keySet()).as(file).isSubsetOf(known);
        }
        assertThat(variables("base/wan.env"))
                .containsEntry("RUST_FLAVOR", "cpu")
                .containsEntry("QUARKUS_HTTP_PORT", "8080")
                .containsKey("KAFKA_BOOTSTRAP_SERVERS");
    }

    @Test
    void files_are_read_from_where_they_are_mounted() {
        for (Node deployment : DeploymentsTest.deployments()) {
            Node service = deployment.at("spec/template/spec/containers").named("service");
            List<String> mounts = service.at("volumeMounts").children().stream()
                    .map(m -> m.text("mountPath"))
                    .toList();

            assertThat(service.at("env")
                            .named("SMALLRYE_CONFIG_LOCATIONS")
                            .text("value")
                            .split(","))
                    .allSatisfy(file -> assertThat(mounts).contains(file.substring(0, file.lastIndexOf('/'))))
                    .extracting(file -> file.substring(file.lastIndexOf('/') + 1))
                    .containsExactly("models.properties", "security.properties");
        }
    }

    @Test
    void security_is_said_to_both_kinds_of_clients() {
        for (String folder : List.of("base", "overlays/cluster")) {
            Map<Object, Object> properties =
                    Manifests.properties(Manifests.ROOT.resolve(folder + "/security.properties"));
            Map<String, Object> ours = unprefixed(properties, "wan.kafka.");

            assertThat(ours).as(folder).isNotEmpty().isEqualTo(unprefixed(properties, "kafka."));
        }
    }

    @Test
    void stages_serve_a_model_that_has_a_name() {
        Set<Object> models = Manifests.properties(Manifests.ROOT.resolve("base/models.properties"))
                .keySet();

        assertThat(variables("base/wan.env").entrySet())
                .filteredOn(e -> e.getKey().endsWith("_MODEL") || e.getKey().endsWith("_MODELS"))
                .hasSize(4)
                .allSatisfy(e -> assertThat(models).contains("wan.models.\"" + e.getValue() + "\""));
    }

    private static Map<String, Object> unprefixed(Map<Object, Object> properties, String prefix) {
        return properties.entrySet().stream()
                .filter(e -> e.getKey().toString().startsWith(prefix))
                .collect(Collectors.toMap(
                        e -> e.getKey().toString().substring(prefix.length()).replace("\"", ""), Map.Entry::getValue));
    }

    /** How MicroProfile Config spells a key in the environment: capitals, and _ for all but letters and digits. */
    private static String environmentForm(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static Set<String> environmentForms(String module) {
        String readme = Manifests.read(Manifests.ROOT.resolveSibling(module).resolve("README.md"));
        Stream<String> keys = KEY.matcher(readme).results().map((MatchResult m) -> m.group(1));
        Set<String> forms = new TreeSet<>(PLATFORM);
        keys.map(SettingsTest::environmentForm).forEach(forms::add);
        return forms;
    }

    private static Map<String, String> variables(String file) {
        return Manifests.read(Manifests.ROOT.resolve(file))
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
}
