package io.wanstreams.gateway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.wanstreams.gateway.FakeWorkers;
import io.wanstreams.gateway.GatewayTestResource;
import io.wanstreams.kafka.embedded.SharedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person at the page: from a prompt to a video that plays, and once more after a reload. Screenshots in target/page. */
@QuarkusTest
@QuarkusTestResource(GatewayTestResource.class)
@Tag("foreign")
final class PageIT {

    private static final String PROMPT = "a red kite over the sea, gated for the page";
    private static final Path PICTURES = Path.of("target/page");

    @TempDir
    static Path folder;

    private static FakeWorkers workers;

    @BeforeAll
    static void startWorkers() throws Exception {
        Path video = made(
                "video.mp4", "-f", "lavfi", "-i", "testsrc=size=320x192:rate=16:duration=2", "-pix_fmt", "yuv420p");
        Path thumbnail = made("thumbnail.jpg", "-i", video.toString(), "-frames:v", "1");
        workers = new FakeWorkers(
                SharedBroker.bootstrapServers(),
                job -> job.request().prompt().prompt().equals(PROMPT),
                Files.readAllBytes(video),
                Files.readAllBytes(thumbnail));
    }

    @AfterAll
    static void stopWorkers() {
        workers.close();
    }

    @Test
    void aPromptBecomesAVideoThatPlaysAndIsThereAfterAReload() throws Exception {
        try (Browser browser = new Browser(Files.createDirectory(folder.resolve("profile")))) {
            browser.open("http://localhost:" + RestAssured.port + "/");
            browser.await("document.getElementById('model').options.length > 1");
            browser.await("document.getElementById('lighting').options.length > 3");
            browser.screenshot(PICTURES.resolve("empty.png"));

            browser.value("document.getElementById('prompt').value = '" + PROMPT + "';"
                    + " document.getElementById('num_frames').value = 5;"
                    + " document.getElementById('request').requestSubmit(); true");
            workers.admit(3);
            browser.await("document.getElementById('preview').naturalWidth === 80");
            browser.await("document.querySelectorAll('#stages li.done').length === 3");
            assertThat(browser.value("document.getElementById('preview').getBoundingClientRect().width > 200")
                            .asBoolean())
                    .isTrue();
            browser.screenshot(PICTURES.resolve("preview.png"));
            workers.admit(2);
            browser.await("document.getElementById('video').videoWidth === 320");
            assertThat(browser.value("document.getElementById('preview').hidden")
                            .asBoolean())
                    .isTrue();
            browser.value("document.getElementById('video').play().then(() => true)");
            browser.await("document.getElementById('video').currentTime > 0.2");
            browser.screenshot(PICTURES.resolve("light.png"));
            assertThat(browser.value("document.querySelectorAll('#stages li.done').length")
                            .asInt())
                    .isEqualTo(5);

            browser.prefer("dark");
            browser.reload();
            browser.await("document.getElementById('video').videoWidth === 320");
            browser.await("document.querySelector('#jobs a[aria-current] img').naturalWidth === 320");
            browser.screenshot(PICTURES.resolve("dark.png"));
            assertThat(browser.value("document.getElementById('title').textContent")
                            .asText())
                    .isEqualTo(PROMPT);
            assertThat(browser.complaints())
                    .as("errors of scripts and breaches of the policy")
                    .isEmpty();
        }
    }

    @Test
    void aRefusalIsShownWhereTheFieldIs() throws Exception {
        try (Browser browser = new Browser(Files.createDirectory(folder.resolve("refused")))) {
            browser.open("http://localhost:" + RestAssured.port + "/");
            browser.await("document.getElementById('model').options.length > 1");

            browser.value("document.querySelector('details').open = true;"
                    + " document.getElementById('prompt').value = 'a cat';"
                    + " document.getElementById('request').noValidate = true;"
                    + " document.getElementById('num_inference_steps').value = 9999;"
                    + " document.getElementById('request').requestSubmit(); true");

            browser.await("document.getElementById('trouble').textContent.includes('num_inference_steps')");
            browser.await("document.activeElement.id === 'num_inference_steps'");
        }
    }

    private static Path made(String name, String... options) throws IOException, InterruptedException {
        Path file = folder.resolve(name);
        java.util.List<String> command = new java.util.ArrayList<>(java.util.List.of("ffmpeg", "-v", "error", "-y"));
        command.addAll(java.util.List.of(options));
        command.add(file.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return file;
    }
}
