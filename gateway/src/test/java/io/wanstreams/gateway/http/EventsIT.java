package io.wanstreams.gateway.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.gateway.FakeWorkers;
import io.wanstreams.gateway.GatewayTestResource;
import io.wanstreams.gateway.board.BoardFeed;
import io.wanstreams.gateway.board.BoardJob;
import io.wanstreams.gateway.board.JobBoard;
import io.wanstreams.gateway.board.PreviewBoard;
import io.wanstreams.gateway.board.ProgressBoard;
import io.wanstreams.kafka.embedded.SharedBroker;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.KafkaSettings;
import io.wanstreams.transport.log.JobHistory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Server-sent events over real connections. */
@QuarkusTest
@QuarkusTestResource(GatewayTestResource.class)
final class EventsIT {

    private static final int CLIENTS = 500;

    private static FakeWorkers workers;

    @BeforeAll
    static void startWorkers() {
        workers = new FakeWorkers(
                SharedBroker.bootstrapServers(), job -> job.request().metadata().containsKey("heard"));
    }

    @AfterAll
    static void stopWorkers() {
        workers.close();
    }

    /** What was heard before a cut and after it is what was heard without one. */
    @Test
    void aConnectionThatIsCutGoesOnWithEveryFactOnce() throws IOException {
        String id = create();
        List<String> before = new ArrayList<>();
        List<String> all = new ArrayList<>();
        try (Client uncut = new Client(id, "")) {
            all.add(uncut.nextPlace());
            try (Client cut = new Client(id, "")) {
                before.add(cut.nextPlace());
                workers.admit(2);
                while (before.size() < 4) {
                    before.add(cut.nextPlace());
                }
            }
            workers.admit(3);
            all.addAll(uncut.restOfPlaces());
            List<String> after = new Client(id, before.get(before.size() - 1)).restOfPlaces();

            List<String> joined = new ArrayList<>(before);
            joined.addAll(after);
            assertThat(joined).isEqualTo(all).hasSizeGreaterThan(9);
            given().header("Last-Event-ID", all.get(all.size() - 1))
                    .get("/v1/videos/" + id + "/events")
                    .then()
                    .statusCode(204);
        }
    }

    /** The second one is made of the same parts as the first, and knows the log alone. */
    @Test
    void whoComesBackToAnotherGatewayHearsEveryFactOnce() throws Exception {
        String id = create();
        List<String> before = new ArrayList<>();
        List<String> all = new ArrayList<>();
        try (Client uncut = new Client(id, "");
                SecondGateway second = new SecondGateway()) {
            all.add(uncut.nextPlace());
            try (Client cut = new Client(id, "")) {
                before.add(cut.nextPlace());
                workers.admit(2);
                while (before.size() < 4) {
                    before.add(cut.nextPlace());
                }
            }
            Multi<EventStream.Event> events = second.events(id, before.get(before.size() - 1));
            AssertSubscriber<EventStream.Event> after =
                    events.subscribe().withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
            workers.admit(3);
            all.addAll(uncut.restOfPlaces());
            after.awaitCompletion(Duration.ofSeconds(30));

            List<String> joined = new ArrayList<>(before);
            after.getItems().stream()
                    .map(EventStream.Event::id)
                    .filter(place -> !place.isEmpty())
                    .forEach(joined::add);
            assertThat(joined).isEqualTo(all).hasSizeGreaterThan(9);
            assertThat(after.getItems()).extracting(EventStream.Event::name).endsWith("video.completed");
        }
    }

    @Test
    @Tag("slow")
    void fiveHundredClientsHearAJobToItsEndThoughOneOfThemDoesNotRead() throws IOException {
        String id = create();
        List<Client> clients = new ArrayList<>();
        try (Client deaf = new Client(id, "")) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new Client(id, ""));
            }
            List<String> first = clients.stream().map(Client::nextPlace).toList();
            workers.admit(5);

            List<String> places = clients.get(0).restOfPlaces();
            assertThat(clients.stream().skip(1))
                    .allSatisfy(client -> assertThat(client.restOfPlaces()).endsWith(places.get(places.size() - 1)));
            assertThat(first).hasSize(CLIENTS);
            assertThat(deaf).isNotNull();
        } finally {
            clients.forEach(Client::close);
        }
    }

    @Test
    void schemasAreServedAndListed() {
        List<String> names =
                given().get("/v1/schemas").then().statusCode(200).extract().path("data");

        assertThat(names).contains("job.submitted.v1", "video.result.v1", "video.request.v1");
        names.forEach(name -> given().get("/v1/schemas/" + name).then().statusCode(200));
        given().get("/v1/schemas/none").then().statusCode(404);
    }

    private static String create() {
        String id = given().contentType(ContentType.JSON)
                .body("{\"prompt\":\"a cat\",\"size\":\"64x64\",\"num_frames\":5,\"metadata\":"
                        + "{\"heard\":\"1\",\"gated\":\"1\"}}")
                .post("/v1/videos")
                .then()
                .statusCode(200)
                .extract()
                .path("id");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> given().get("/v1/videos/" + id).path("stage").equals("prompt"));
        return id;
    }

    private static final class SecondGateway implements AutoCloseable {

        private final KafkaClients clients = new KafkaClients(KafkaSettings.of(SharedBroker.bootstrapServers()));
        private final JobBoard board = new JobBoard(10_000);
        private final ProgressBoard progress = new ProgressBoard(board, System::nanoTime);
        private final BoardFeed feed = new BoardFeed(clients, board, Duration.ofSeconds(10));
        private final JobHistory history = new JobHistory(clients);

        Multi<EventStream.Event> events(String id, String lastEventId) throws Exception {
            feed.awaitEnd().get();
            EventHub hub = new EventHub(board, progress, new PreviewBoard(board, 1), new VideoViews(progress));
            BoardJob job = board.find(JobId.parse(id)).orElseThrow();
            return new EventStream(board, hub, EventsResource.past(history, Duration.ofSeconds(10)), 128)
                    .of(job.job().id(), LastEventId.offset(lastEventId, job));
        }

        @Override
        public void close() {
            history.close();
            feed.close();
            clients.close();
        }
    }

    /** A client of one stream that reads when it is asked to. */
    private static final class Client implements AutoCloseable {

        private final Socket socket;
        private final BufferedReader lines;

        Client(String id, String lastEventId) throws IOException {
            socket = new Socket("localhost", RestAssured.port);
            socket.setSoTimeout(60_000);
            String last = lastEventId.isEmpty() ? "" : "Last-Event-ID: " + lastEventId + "\r\n";
            socket.getOutputStream()
                    .write(("GET /v1/videos/" + id + "/events HTTP/1.1\r\nHost: localhost\r\n" + last + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        /** The place of the next fact; empty at the end. */
        String nextPlace() {
            try {
                for (String line = lines.readLine(); line != null && !line.equals("0"); line = lines.readLine()) {
                    if (line.startsWith("id:")) {
                        return line.substring("id:".length()).strip();
                    }
                }
                return "";
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        List<String> restOfPlaces() {
            List<String> places = new ArrayList<>();
            for (String place = nextPlace(); !place.isEmpty(); place = nextPlace()) {
                places.add(place);
            }
            return places;
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
