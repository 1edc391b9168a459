package io.wanstreams.contracts.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.contracts.job.Events;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobFold;
import io.wanstreams.contracts.job.Jobs;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.job.RecordedEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobEventCodecTest {

    private static final String ADMITTED = "io.wanstreams.job.admitted.v1";

    @Test
    void theWrittenFormIsTheOnePublished() throws IOException {
        // Other releases and other languages read this form: change it only under a new version.
        String written = Events.ofEachKind().values().stream()
                .map(event -> JobEventCodec.typeOf(event) + " " + text(JobEventCodec.data(event)) + "\n")
                .collect(Collectors.joining());
        assertThat(written).isEqualTo(published());
    }

    @Test
    void everyEventReadsBack() {
        Events.ofEachKind()
                .forEach((name, event) -> assertThat(
                                JobEventCodec.read(JobEventCodec.typeOf(event), JobEventCodec.data(event)))
                        .as(name)
                        .isEqualTo(event));
        assertThat(Events.ofEachKind().values().stream().map(Object::getClass).distinct())
                .as("every event but the one that is never written")
                .hasSize(JobEvent.class.getPermittedSubclasses().length
                        - 2
                        + JobEvent.WhileRunning.class.getPermittedSubclasses().length);
    }

    @Test
    void headersAreACloudEventInBinaryMode() {
        assertThat(JobEventCodec.headers(Jobs.ID, new JobEvent.Admitted(), "/wan/gateway/host-1", "e-17"))
                .containsExactly(
                        Map.entry("ce_specversion", "1.0"),
                        Map.entry("ce_id", "e-17"),
                        Map.entry("ce_source", "/wan/gateway/host-1"),
                        Map.entry("ce_type", ADMITTED),
                        Map.entry("ce_subject", Jobs.ID.toString()),
                        Map.entry("ce_partitionkey", Jobs.ID.toString()),
                        Map.entry("content-type", "application/json"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "io.wanstreams.job.admitted.v2",
                "io.wanstreams.job.paused.v1",
                "IO.WANSTREAMS.JOB.ADMITTED.V1"
            })
    void anUnknownTypeIsSaidToBeUnknown(String type) {
        assertThat(JobEventCodec.read(type, "{}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new JobEvent.Unknown(type == null ? "none" : type, null));
    }

    @Test
    void aLongTypeIsCut() {
        assertThat(JobEventCodec.read("x".repeat(1 << 20), null))
                .isEqualTo(new JobEvent.Unknown("x".repeat(100), null));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "null", "[]", "1", "{", "{\"stage\":\"denoise\"}", "{\"stage\":\"dream\",\"turn\":1}"})
    void dataThatIsNotTheEventIsSaidToBeUnknown(String data) {
        byte[] bytes = data == null ? null : data.getBytes(StandardCharsets.UTF_8);
        assertThat(JobEventCodec.read("io.wanstreams.stage.yielded.v1", bytes))
                .isInstanceOfSatisfying(JobEvent.Unknown.class, unknown -> {
                    assertThat(unknown.type()).isEqualTo("io.wanstreams.stage.yielded.v1");
                    assertThat(unknown.problem()).startsWith("Yielded: ").doesNotContain("dream");
                });
    }

    @Test
    void whatIsUnknownMakesReadersLeaveTheJobAlone() {
        JobEvent event = JobEventCodec.read("io.wanstreams.job.paused.v1", null);
        assertThat(JobFold.apply(Jobs.in(Jobs.running(null)), new RecordedEvent(Jobs.ID, 9, Jobs.SUBMITTED_AT, event)))
                .satisfies(job -> assertThat(Objects.requireNonNull(job).phase())
                        .isEqualTo(new Phase.Unreadable("io.wanstreams.job.paused.v1", 9)));
    }

    @Test
    void unknownEventsAreNeverWritten() {
        assertThatThrownBy(() -> JobEventCodec.typeOf(new JobEvent.Unknown("x", null)))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("Unknown is never written");
    }

    @Property(tries = 1000)
    void mutatedEventsAreReadOrUnknown(
            @ForAll byte which, @ForAll @Size(min = 1, max = 4) int[] at, @ForAll @Size(4) byte[] with) {
        JobEvent[] events = Events.ofEachKind().values().toArray(JobEvent[]::new);
        JobEvent event = events[Math.floorMod(which, events.length)];
        byte[] data = JobEventCodec.data(event);
        for (int i = 0; i < at.length; i++) {
            data[Math.floorMod(at[i], data.length)] = with[i];
        }
        JobEvent read = JobEventCodec.read(JobEventCodec.typeOf(event), data);
        assertThat(read.getClass()).isIn(event.getClass(), JobEvent.Unknown.class);
    }

    private static String published() throws IOException {
        try (InputStream in = JobEventCodecTest.class.getResourceAsStream("events.txt")) {
            return text(Objects.requireNonNull(in).readAllBytes());
        }
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
