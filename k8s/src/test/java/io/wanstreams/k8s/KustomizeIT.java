package io.wanstreams.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Builds the overlays with kubectl, which needs no cluster for that, and checks the outcome strictly. */
@Tag("foreign")
final class KustomizeIT {

    private static final int DEPLOYMENTS = 6;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/cluster", "overlays/small-gpu-pool"})
    void overlay_builds_into_objects_that_hold_to_the_api(String folder) throws Exception {
        List<Node> objects = Manifests.parse(kustomize(folder));

        assertThat(objects).allSatisfy(ApiTypes::check);
        assertThat(objects.stream().filter(o -> o.text("kind").equals("Deployment")))
                .hasSize(DEPLOYMENTS)
                .allSatisfy(d -> assertThat(d.text("metadata/namespace")).isEqualTo("wan-streams"));
    }

    @ParameterizedTest
    @ValueSource(strings = "topics")
    void topics_belong_to_the_cluster(String folder) throws Exception {
        assertThat(Manifests.parse(kustomize(folder)))
                .hasSameSizeAs(Manifests.in(folder))
                .allSatisfy(t -> assertThat(t.at("metadata/labels")
                                .child("strimzi.io/cluster")
                                .value())
                        .isEqualTo("wan"));
    }

    private String kustomize(String folder) throws IOException, InterruptedException {
        Path out = directory.resolve("out.yaml");
        Process process = new ProcessBuilder("kubectl", "kustomize", folder)
                .directory(Manifests.ROOT.toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("kubectl ends").isTrue();
        assertThat(process.exitValue()).as("kubectl kustomize " + folder).isZero();
        return Files.readString(out, StandardCharsets.UTF_8);
    }
}
