package io.wanstreams.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DeploymentsTest {

    private static final Set<String> SERVICES =
            Set.of("gateway", "prompt-service", "encoder-service", "denoise-high", "denoise-low", "decoder-service");

    /** The services' default, in seconds (their READMEs). */
    private static final int DEFAULT_GRACE = 10;

    /** For what a service does after its stage has ended: the last event, closing clients. */
    private static final int MARGIN = 15;

    @Test
    void every_service_is_deployed_and_every_file_applied() {
        assertThat(deployments().stream().map(d -> d.text("metadata/name")))
                .containsExactlyInAnyOrderElementsOf(SERVICES);
        assertThat(Manifests.kustomization("base").at("resources").children().stream()
                        .map(n -> String.valueOf(n.value())))
                .containsAll(SERVICES.stream().map(s -> s + ".yaml").toList())
                .contains("gateway-service.yaml", "disruption-budgets.yaml", "volumes.yaml");
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void selector_finds_its_own_pods(Node deployment) {
        Node wanted = deployment.at("spec/selector/matchLabels");

        assertThat(deployment.at("spec/template/metadata/labels").value()).isEqualTo(wanted.value());
        assertThat(wanted.child("app.kubernetes.io/name").value()).isEqualTo(deployment.text("metadata/name"));
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void probes_ask_the_health_pages(Node deployment) {
        Node service = service(deployment);

        assertThat(service.text("startupProbe/httpGet/path")).isEqualTo("/q/health/live");
        assertThat(service.text("livenessProbe/httpGet/path")).isEqualTo("/q/health/live");
        assertThat(service.text("readinessProbe/httpGet/path")).isEqualTo("/q/health/ready");
        assertThat(service.at("ports").named("http").text("containerPort")).isEqualTo("8080");
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void nobody_is_root_and_nothing_but_tmp_and_cache_is_writable(Node deployment) {
        Node service = service(deployment);

        assertThat(deployment
                        .at("spec/template/spec/securityContext/runAsNonRoot")
                        .value())
                .isEqualTo(true);
        assertThat(service.at("securityContext/readOnlyRootFilesystem").value()).isEqualTo(true);
        assertThat(service.at("securityContext/allowPrivilegeEscalation").value())
                .isEqualTo(false);
        assertThat(service.at("volumeMounts").children().stream()
                        .filter(m -> !Boolean.TRUE.equals(m.child("readOnly").value()))
                        .map(m -> m.text("mountPath")))
                .contains("/tmp")
                .isSubsetOf("/tmp", "/cache");
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void every_mount_has_its_volume(Node deployment) {
        Set<String> volumes = names(deployment.at("spec/template/spec/volumes"));

        assertThat(names(service(deployment).at("volumeMounts"))).isEqualTo(volumes);
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void memory_is_bounded(Node deployment) {
        Node service = service(deployment);

        assertThat(service.at("resources/limits").keys()).contains("memory");
        assertThat(service.at("resources/requests").keys()).contains("memory", "cpu");
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void pod_is_killed_well_after_its_service_has_yielded(Node deployment) {
        int grace = service(deployment).at("env").children().stream()
                .filter(e -> e.text("name").endsWith("_GRACE"))
                .map(e -> Integer.parseInt(e.text("value").replace("s", "")))
                .findFirst()
                .orElse(DEFAULT_GRACE);

        assertThat(Integer.parseInt(deployment.text("spec/template/spec/terminationGracePeriodSeconds")))
                .isGreaterThanOrEqualTo(grace + MARGIN);
    }

    @Test
    void experts_share_an_image_but_no_device() {
        for (String expert : List.of("denoise-high", "denoise-low")) {
            Node deployment = deployment(expert);
            Node service = service(deployment);

            assertThat(service.text("image")).isEqualTo("wan-streams/denoise-service");
            assertThat(service.at("env").named("WAN_DENOISE_STAGES").text("value"))
                    .isEqualTo(expert);
            assertThat(service.at("env").named("WAN_DEVICE").text("value")).isEqualTo("cuda:0");
            assertThat(service.at("resources/limits").child("nvidia.com/gpu").value())
                    .isEqualTo(1);
            assertThat(deployment.at("spec/template/spec/nodeSelector").keys()).contains("nvidia.com/gpu.present");
            assertThat(deployment.text("spec/strategy/rollingUpdate/maxSurge")).isEqualTo("0");
        }
    }

    @Test
    void pools_lose_one_pod_at_a_time() {
        List<Node> budgets = Manifests.base("PodDisruptionBudget");

        assertThat(budgets.stream()
                        .map(b -> b.at("spec/selector/matchLabels")
                                .child("app.kubernetes.io/name")
                                .value()))
                .contains("denoise-high", "denoise-low");
        assertThat(budgets)
                .allSatisfy(b -> assertThat(b.text("spec/maxUnavailable")).isEqualTo("1"));
    }

    @Test
    void gateway_is_reached_through_its_service() {
        Node service = Manifests.base("Service").get(0);

        assertThat(service.at("spec/selector").value())
                .isEqualTo(deployment("gateway").at("spec/selector/matchLabels").value());
        assertThat(service.at("spec/ports/0").text("targetPort")).isEqualTo("http");
    }

    static List<Node> deployments() {
        return Manifests.base("Deployment");
    }

    private static Node deployment(String name) {
        return deployments().stream()
                .filter(d -> d.text("metadata/name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Node service(Node deployment) {
        return deployment.at("spec/template/spec/containers").named("service");
    }

    private static Set<String> names(Node list) {
        return list.children().stream().map(n -> n.text("name")).collect(Collectors.toSet());
    }
}
