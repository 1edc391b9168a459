package io.wanstreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.cli.client.FakeGateway;
import io.wanstreams.tensors.SafetensorsWriter;
import io.wanstreams.tensors.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The commands as a person types them, against a gateway that a test has put answers in. */
class WanCommandTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final StringWriter errors = new StringWriter();

    @TempDir
    private Path directory = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"generate", "demo", "pictures"})
    void helpExplainsEveryOption(String command) {
        CommandLine line = command(command);

        assertThat(line.getCommandSpec().args()).allSatisfy(option -> {
            assertThat(option.description()).as("%s", option).isNotEmpty();
            assertThat(String.join(" ", option.description())).hasSizeGreaterThan(10);
        });
    }

    @Test
    void helpListsTheClosedLists() {
        String help = command("generate").getUsageMessage();

        assertThat(help)
                .contains("low-key")
                .contains("warm")
                .contains("close-up")
                .contains("4n + 1");
    }

    @Test
    void aTypingMistakeIsOneLine() {
        assertThat(run("generate", "--steps", "many", "x")).isEqualTo(WanCommand.NOT_UNDERSTOOD);

        assertThat(errors.toString().lines())
                .hasSize(1)
                .first()
                .asString()
                .contains("--steps")
                .contains("many");
    }

    @Test
    void withoutAGatewayThereIsASentence() {
        assertThat(run("generate", "--url", "http://localhost:1", "-o", file("a.mp4"), "a ball"))
                .isEqualTo(WanCommand.FAILED);

        assertThat(errors.toString().lines()).hasSize(1).first().asString().startsWith("wan: No gateway answers at");
    }

    @Test
    void withoutAPromptThereIsAQuestion() {
        assertThat(run("generate")).isEqualTo(WanCommand.FAILED);

        assertThat(errors.toString()).startsWith("wan: What shall the video show?");
    }

    @Test
    void anOutputThatCannotBeWrittenIsRefusedBeforeTheStart() {
        assertThat(run("generate", "-o", file("no/such/place.mp4"), "a ball")).isEqualTo(WanCommand.FAILED);

        assertThat(errors.toString())
                .contains("Cannot write")
                .contains("place.mp4")
                .contains("does not exist");
    }

    @Test
    void brokenNoiseIsRefusedBeforeTheStart() throws IOException {
        Path noise = Files.writeString(directory.resolve("noise"), "no tensors");
        assertThat(run("generate", "--noise", noise.toString(), "-o", file("a.mp4"), "a ball"))
                .isEqualTo(WanCommand.FAILED);
        assertThat(errors.toString()).contains("The noise file " + noise).doesNotContain("\tat ");

        Files.write(
                noise,
                SafetensorsWriter.of(Map.of("latents", Tensor.of(new float[4], 2, 2)))
                        .toBytes());
        run("generate", "--noise", noise.toString(), "-o", file("a.mp4"), "a ball");
        assertThat(errors.toString()).contains("expected F32 [channels, frames, height, width]");
    }

    @Test
    void aFailedJobIsASentenceWithItsCode() throws IOException {
        try (FakeGateway gateway = new FakeGateway()) {
            gateway.answer("POST /v1/videos", 200, "application/json", "{\"id\":\"7\",\"status\":\"queued\"}");
            gateway.answer(
                    "GET /v1/videos/7/events",
                    200,
                    "text/event-stream",
                    "event: video.failed\ndata: {\"id\":\"7\",\"status\":\"failed\",\"error\":"
                            + "{\"code\":\"worker_lost\",\"message\":\"No worker is left\"}}\n\n");

            assertThat(run("generate", "--url", gateway.url().toString(), "-o", file("a.mp4"), "a ball"))
                    .isEqualTo(WanCommand.FAILED);
        }

        assertThat(errors.toString()).isEqualTo("wan: The job 7 failed (worker_lost): No worker is left\n");
    }

    @Test
    void optionsBecomeFields() throws IOException {
        try (FakeGateway gateway = new FakeGateway()) {
            run(
                    "generate",
                    "--url",
                    gateway.url().toString(),
                    "-o",
                    file("a.mp4"),
                    "--size",
                    "32x48",
                    "--frames",
                    "9",
                    "--seed",
                    "-1",
                    "--guidance-scale-2",
                    "3.5",
                    "--lighting",
                    "low-key",
                    "--model",
                    "m",
                    "--save-frames",
                    file("f"),
                    "a ball");

            assertThat(gateway.requests().get(0).utf8())
                    .isEqualTo("{\"guidance_scale_2\":3.5,\"lighting\":\"low-key\",\"model\":\"m\",\"num_frames\":9,"
                            + "\"prompt\":\"a ball\",\"save_frames\":true,\"seed\":-1,\"size\":\"32x48\"}");
        }
    }

    @Test
    void imagesAreSentAsFilesOfAFormAndNeedNoPrompt() throws IOException {
        Path first = Files.writeString(directory.resolve("first.png"), "not looked at: one");
        Path last = Files.writeString(directory.resolve("last.webp"), "not looked at: two");
        try (FakeGateway gateway = new FakeGateway()) {
            run(
                    "generate",
                    "--url",
                    gateway.url().toString(),
                    "-o",
                    file("a.mp4"),
                    "--image",
                    first.toString(),
                    "--last-image",
                    last.toString(),
                    "--seed",
                    "3");

            FakeGateway.Request request = gateway.requests().get(0);
            assertThat(request.contentType()).startsWith("multipart/form-data");
            assertThat(request.utf8())
                    .containsSubsequence("name=\"input_reference\"", "not looked at: one")
                    .containsSubsequence("name=\"last_image\"", "not looked at: two")
                    .containsSubsequence("name=\"seed\"", "3")
                    .doesNotContain("name=\"prompt\"");
        }
    }

    @Test
    void imagesThatCannotBeSentAreRefusedBeforeTheStart() {
        assertThat(run("generate", "-o", file("a.mp4"), "--image", file("nowhere.png")))
                .isEqualTo(WanCommand.FAILED);
        assertThat(run("generate", "-o", file("a.mp4"), "--image", directory.toString()))
                .isEqualTo(WanCommand.FAILED);
        assertThat(run("generate", "-o", file("a.mp4"), "--last-image", directory.toString(), "a ball"))
                .isEqualTo(WanCommand.FAILED);

        assertThat(errors.toString().lines())
                .containsExactly(
                        "wan: The image " + file("nowhere.png") + " cannot be read; is that its name?",
                        "wan: The image " + directory + " cannot be read; is that its name?",
                        "wan: --last-image comes with --image: the frame that the video begins with");
    }

    @Test
    void verifyWantsABrokerAndKnownCodes() {
        assertThat(run("verify")).isEqualTo(WanCommand.NOT_UNDERSTOOD);
        assertThat(errors.toString()).contains("--bootstrap-servers");
        assertThat(run("verify", "--bootstrap-servers", "localhost:1", "--poison-code", "boredom"))
                .isEqualTo(WanCommand.NOT_UNDERSTOOD);
        assertThat(errors.toString()).contains("worker_lost");
        assertThat(run("verify", "--bootstrap-servers", "localhost:1", "--poisoned", "no-id"))
                .isEqualTo(WanCommand.NOT_UNDERSTOOD);
        assertThat(run("verify", "--bootstrap-servers", "localhost:1", "--patience", "-1"))
                .isEqualTo(WanCommand.FAILED);
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private int run(String... arguments) {
        return commands().setErr(new PrintWriter(errors, true)).execute(arguments);
    }

    private CommandLine command(String name) {
        return Objects.requireNonNull(commands().getSubcommands().get(name));
    }

    private CommandLine commands() {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return WanCommand.with(SystemStarter.NONE, new Terminal(out, 0));
    }
}
