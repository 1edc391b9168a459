package io.wanstreams.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ApiTypesTest {

    @Test
    void base_holds_to_the_api() {
        assertThat(Manifests.in("base")).isNotEmpty().allSatisfy(ApiTypes::check);
    }

    @Test
    void unknown_field_deep_inside_is_refused() {
        String yaml = Manifests.read(Manifests.ROOT.resolve("base/gateway.yaml"));
        Node wrong = Manifests.parse(yaml.replace("containerPort:", "containerPorts:"))
                .get(0);

        assertThatThrownBy(() -> ApiTypes.check(wrong)).hasMessageContaining("containerPorts");
    }

    @Test
    void wrong_type_is_refused() {
        String yaml = Manifests.read(Manifests.ROOT.resolve("base/gateway.yaml"));
        Node wrong =
                Manifests.parse(yaml.replace("replicas: 2", "replicas: two")).get(0);

        assertThatThrownBy(() -> ApiTypes.check(wrong)).isInstanceOf(AssertionError.class);
    }
}
