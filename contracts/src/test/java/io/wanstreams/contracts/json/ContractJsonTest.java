package io.wanstreams.contracts.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanstreams.contracts.job.Events;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.Jobs;
import io.wanstreams.contracts.progress.Heartbeat;
import io.wanstreams.contracts.request.PromptSpec;
import io.wanstreams.contracts.request.VideoRequest;
import io.wanstreams.contracts.ticket.LogCursor;
import io.wanstreams.contracts.ticket.Ticket;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes over the wire is a whole contract, or is refused in words that say where and never what. */
class ContractJsonTest {

    private static final String YIELDED = "{\"stage\":\"denoise\",\"turn\":20}";

    @Test
    void aTicketIsReadableText() {
        Ticket ticket = ticket();
        String json = text(ContractJson.write(ticket));
        assertThat(json)
                .startsWith(
                        "{\"stage\":\"denoise\",\"turn\":20,\"job\":{\"id\":\"01890a5d-ac96-774b-bcce-b302099a8057\",")
                .contains("\"phase\":{\"name\":\"waiting\",\"at\":{\"stage\":\"denoise\",\"turn\":20,\"attempt\":2}}")
                .contains("\"submitted_at\":\"2026-01-02T03:04:05.678Z\"")
                .contains("\"deadline\":\"PT12H\"")
                .contains("\"guidance_scale\":3.0,\"guidance_scale_2\":2.5,")
                .endsWith(",\"up_to\":{\"topic_id\":\"Zm9v\",\"partition\":1,\"next\":21}}")
                .doesNotContain("null");
        assertThat(ContractJson.read(json.getBytes(StandardCharsets.UTF_8), Ticket.class))
                .isEqualTo(ticket);
    }

    @Test
    void aJobReadsBackFromEachPhase() {
        Jobs.inEachPhase().forEach((phase, job) -> {
            if (job != null) {
                assertThat(ContractJson.read(ContractJson.write(job), Job.class))
                        .as(phase)
                        .isEqualTo(job);
            }
        });
    }

    @Test
    void fieldsOfLaterReleasesAreIgnored() {
        assertThat(read("{\"mood\":{\"deep\":[1]},\"stage\":\"denoise\",\"turn\":20}", JobEvent.Yielded.class))
                .isEqualTo(new JobEvent.Yielded(Jobs.STAGE, 20));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                          | Yielded: ",
                "null                                        | Yielded: expected an object, found null",
                "{\"stage\":\"denoise\"}                     | Yielded: turn: ",
                "{\"stage\":\"denoise\",\"turn\":null}       | Yielded: turn: ",
                "{\"stage\":\"denoise\",\"turn\":1.5}        | Yielded: turn: ",
                "{\"stage\":\"denoise\",\"turn\":\"20\"}     | Yielded: turn: ",
                "{\"stage\":\"denoise\",\"turn\":true}       | Yielded: turn: ",
                "{\"stage\":\"denoise\",\"turn\":[]}         | Yielded: turn: ",
                "{\"stage\":\"denoise\",\"turn\":9223372036854775808} | Yielded: turn: ",
                "{\"stage\":\"denoise\",\"turn\":1e99999}    | Yielded: turn: ",
                "{\"turn\":20}                               | Yielded: stage: ",
                "{\"stage\":null,\"turn\":20}                | Yielded: stage: ",
                "{\"stage\":{},\"turn\":20}                  | Yielded: stage: ",
                "{\"stage\":\"secret\",\"turn\":20}          | Yielded: stage: expected one of prompt, encode, ",
                "{\"stage\":\"denoise\",\"turn\":20} {}      | Yielded: ",
                "{\"stage\":\"denoise\",\"turn\":20          | Yielded: ",
                "{\"stage\":\"secret                         | Yielded: ",
                "secret                                      | Yielded: line 1, column ",
                "[{\"stage\":\"denoise\",\"turn\":20}]       | Yielded: ",
            })
    void saysWhereWithoutSayingWhat(String json, String start) {
        assertThatThrownBy(() -> read(json, JobEvent.Yielded.class))
                .isInstanceOf(MalformedContractException.class)
                .hasMessageStartingWith(start)
                .hasMessageNotContainingAny("secret", "Exception", "io.wanstreams", "\n");
    }

    @ParameterizedTest
    @CsvSource({
        "retry_after, '\"\"'",
        "retry_after, '\"secret\"'",
        "retry_after, '\"PT-1S\"'",
        "retry_after, '1e400'",
        "error, '\"secret\"'",
        "error, '{\"code\":\"secret\",\"message\":\"\"}'",
        "error, '{\"code\":\"internal_error\"}'",
        "error, '{\"code\":7,\"message\":\"\"}'",
        "error, '{\"code\":\"internal_error\",\"message\":7}'",
    })
    void refusesValuesOfTheWrongKind(String field, String value) throws IOException {
        JobEvent failed = Objects.requireNonNull(Events.ofEachKind().get("failed"));
        ObjectNode json = (ObjectNode) tree(failed);
        json.set(field, ContractJson.mapper().readTree(value));
        assertThatThrownBy(() -> ContractJson.read(ContractJson.write(json), JobEvent.Failed.class))
                .isInstanceOf(MalformedContractException.class)
                .hasMessageContaining(field)
                .hasMessageNotContaining("secret");
    }

    @Test
    void keysOfMapsAreContentToo() {
        assertThatThrownBy(() -> read(
                        "{\"stage\":\"denoise\",\"turn\":1,\"worker\":\"w\",\"environment\":{\"secret\":[]}}",
                        JobEvent.Started.class))
                .hasMessageStartingWith("Started: environment.*: ")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> read(
                        "{\"stage\":\"denoise\",\"turn\":1,\"worker\":\"w\",\"environment\":{\"secret\":null}}",
                        JobEvent.Started.class))
                .isInstanceOf(MalformedContractException.class)
                .hasMessageStartingWith("Started: environment")
                .hasMessageNotContaining("secret");
    }

    @Test
    void numbersThatAreNoneAreRefused() throws IOException {
        for (String value : new String[] {"\"NaN\"", "\"Infinity\"", "1e400"}) {
            ObjectNode json = (ObjectNode) tree(Jobs.in(Jobs.running(null)).request());
            String text = json.toString().replace("\"guidance_scale\":3.0", "\"guidance_scale\":" + value);
            assertThatThrownBy(() -> read(text, VideoRequest.class))
                    .as(value)
                    .isInstanceOf(MalformedContractException.class)
                    .hasMessageStartingWith("VideoRequest: denoise");
        }
    }

    @Test
    void depthAndLengthAreBounded() {
        String deep = "{\"x\":".repeat(100_000);
        String longNumber = "{\"turn\":" + "1".repeat(100_000) + "}";
        String longText = "{\"stage\":\"" + "s".repeat((1 << 20) + 1) + "\"}";
        for (String json : new String[] {deep, "[".repeat(100_000), longNumber, longText}) {
            assertThatThrownBy(() -> read(json, JobEvent.Yielded.class))
                    .isInstanceOf(MalformedContractException.class)
                    .message()
                    .hasSizeLessThan(200);
        }
    }

    @Test
    void everyFieldMayBeAbsentOrNullOnlyIfDeclaredNullable() throws IOException {
        Ticket ticket = ticket();
        checkFields(Ticket.class, tree(ticket));
        checkFields(Job.class, tree(ticket.job()));
        checkFields(VideoRequest.class, tree(ticket.job().request()));
        checkFields(PromptSpec.class, tree(ticket.job().request().prompt()));
        checkFields(Heartbeat.class, tree(new Heartbeat(Jobs.ID, Jobs.STAGE, 1, "w", 0, 1, 0)));
        for (JobEvent event : Events.ofEachKind().values()) {
            checkFields(event.getClass(), tree(event));
        }
    }

    @Test
    void aRequestFromBeforeTheChoiceOfSchedulerHasUniPc() throws IOException {
        VideoRequest request = ticket().job().request();
        ObjectNode json = (ObjectNode) tree(request);
        ((ObjectNode) json.get("denoise")).remove("scheduler");
        assertThat(ContractJson.read(ContractJson.write(json), VideoRequest.class))
                .isEqualTo(request);
        ((ObjectNode) json.get("denoise")).put("scheduler", "ddim");
        assertThatThrownBy(() -> ContractJson.read(ContractJson.write(json), VideoRequest.class))
                .isInstanceOf(MalformedContractException.class)
                .hasMessageContaining("scheduler");
    }

    private static void checkFields(Class<?> type, JsonNode whole) {
        Set<String> nullable = Arrays.stream(type.getRecordComponents())
                .filter(component -> isNullable(component.getAnnotatedType()))
                .map(RecordComponent::getName)
                .map(ContractJsonTest::snakeCase)
                .collect(Collectors.toSet());
        whole.fieldNames().forEachRemaining(field -> {
            ObjectNode without = whole.<ObjectNode>deepCopy();
            without.remove(field);
            ObjectNode withNull = whole.<ObjectNode>deepCopy();
            withNull.putNull(field);
            for (ObjectNode json : new ObjectNode[] {without, withNull}) {
                byte[] bytes = ContractJson.write(json);
                if (nullable.contains(field)) {
                    assertThat(ContractJson.read(bytes, type)).isNotNull();
                } else {
                    assertThatThrownBy(() -> ContractJson.read(bytes, type))
                            .as("%s without %s", type.getSimpleName(), field)
                            .isInstanceOf(MalformedContractException.class)
                            .hasMessageContaining(field);
                }
            }
        });
    }

    private static boolean isNullable(AnnotatedElement type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    @Test
    void textOutsideTheBasicPlaneAndHalvesOfItAreWritten() {
        for (String message : new String[] {"球 😀", "half \ud83d"}) {
            Map<String, String> environment = Map.of("note", message);
            JobEvent.Started started = new JobEvent.Started(Jobs.STAGE, 1, "w", new java.util.TreeMap<>(environment));
            assertThat(ContractJson.read(ContractJson.write(started), JobEvent.Started.class))
                    .isEqualTo(started);
        }
    }

    @Test
    void whatHasNoJsonFormIsOurOwnFault() {
        assertThatThrownBy(() -> ContractJson.write(new Object()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Object has no JSON form");
    }

    @Test
    void theMapperIsACopy() {
        ContractJson.mapper().enable(com.fasterxml.jackson.databind.SerializationFeature.INDENT_OUTPUT);
        assertThat(text(ContractJson.write(new JobEvent.Yielded(Jobs.STAGE, 20))))
                .isEqualTo(YIELDED);
    }

    private static Ticket ticket() {
        Job waiting = Objects.requireNonNull(Jobs.inEachPhase().get("waiting"));
        return new Ticket(Jobs.STAGE, Jobs.TURN, waiting, new LogCursor("Zm9v", 1, 21));
    }

    private static JsonNode tree(Object contract) throws IOException {
        return ContractJson.mapper().readTree(ContractJson.write(contract));
    }

    private static <T> T read(String json, Class<T> type) {
        return ContractJson.read(json.getBytes(StandardCharsets.UTF_8), type);
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
