package io.wanstreams.gateway.http;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.wanstreams.gateway.GatewayTestResource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(GatewayTestResource.class)
final class VideosApiIT {

    private static final String CAT = "{\"prompt\":\"a cat\",\"size\":\"320x192\",\"seconds\":\"2\",\"seed\":7}";

    @Test
    void createsFromJson() {
        create(CAT)
                .header("openai-poll-after-ms", "1000")
                .header("location", matchesPattern("/v1/videos/[0-9a-f-]{36}"))
                .header("x-request-id", notNullValue())
                .body("object", equalTo("video"))
                .body("status", equalTo("queued"))
                .body("progress", equalTo(0))
                .body("model", equalTo("wan2.2-t2v-a14b"))
                .body("prompt", equalTo("a cat"))
                .body("seconds", equalTo("2"))
                .body("size", equalTo("320x192"))
                .body("completed_at", nullValue())
                .body("error", nullValue())
                .body("$", hasKey("expires_at"))
                .body("effective_params.seed", equalTo(7))
                .body("effective_params.num_frames", equalTo(33))
                .body("effective_params.guidance_scale_2", equalTo(3.0f))
                .body("warnings[0]", containsString("outside what the model was trained on"));
    }

    @Test
    void createsFromMultipartAsTheSdkSendsIt() {
        given().multiPart("prompt", "a cat")
                .multiPart("seconds", "4")
                .multiPart("save_frames", "true")
                .multiPart("metadata[shot]", "12")
                .multiPart("extra_body[seed]", "9")
                .post("/v1/videos")
                .then()
                .statusCode(200)
                .body("seconds", equalTo("4"))
                .body("metadata.shot", equalTo("12"))
                .body("effective_params.seed", equalTo(9));
    }

    @Test
    void createsFromAnUrlEncodedForm() {
        given().contentType(ContentType.URLENC)
                .formParam("prompt", "a cat")
                .formParam("fps", "8")
                .post("/v1/videos")
                .then()
                .statusCode(200)
                .body("effective_params.fps", equalTo(8));
    }

    @Test
    void findsWhatItCreated() {
        String id = create(CAT).extract().path("id");

        when().get("/v1/videos/" + id).then().statusCode(200).body("id", equalTo(id));
    }

    @Test
    void refusesWithTheEnvelope() {
        given().contentType(ContentType.JSON)
                .body("{\"prompt\":\"a cat\",\"size\":\"100x100\"}")
                .post("/v1/videos")
                .then()
                .statusCode(400)
                .header("x-should-retry", "false")
                .header("x-request-id", notNullValue())
                .body("error.type", equalTo("invalid_request_error"))
                .body("error.param", equalTo("size"))
                .body("error.code", equalTo("invalid_value"))
                .body("error.message", containsString("96x96"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "nul", "{\"prompt\":\"a\"} x"})
    void refusesWhatIsNoJsonObject(String body) {
        given().contentType(ContentType.JSON)
                .body(body)
                .post("/v1/videos")
                .then()
                .statusCode(400)
                .body("error.code", equalTo("malformed_body"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/nothing/here,404,not_found",
        "GET,/v1/nothing,404,not_found",
        "GET,/v1/videos/00000000-0000-7000-8000-000000000000,404,video_not_found",
        "GET,/v1/videos/..%2f..%2fetc,404,",
        "GET,/v1/videos/x,404,video_not_found",
        "GET,/v1/videos/x/content,404,video_not_found",
        "GET,/v1/videos/x/events,404,video_not_found",
        "DELETE,/v1/videos/x,404,video_not_found",
        "PUT,/v1/videos,405,method_not_allowed",
        "POST,/v1/videos/x,405,method_not_allowed",
        "GET,/v1/models/x,404,model_not_found",
        "GET,/v1/videos?limit=0,400,invalid_value",
        "GET,/v1/videos?limit=101,400,invalid_value",
        "GET,/v1/videos?limit=x,400,invalid_value",
        "GET,/v1/videos?order=up,400,invalid_value",
        "GET,/v1/videos?after=x,400,invalid_value",
        "GET,/v1/videos?after=00000000-0000-7000-8000-000000000000,400,invalid_value",
        "GET,/v1/videos?status=done,400,invalid_value",
        "GET,/v1/videos?created_after=today,400,invalid_value",
        "POST,/v1/videos/edits,501,not_implemented",
        "POST,/v1/videos/extensions,501,not_implemented",
        "POST,/v1/videos/characters,501,not_implemented",
        "GET,/v1/videos/characters/c1,501,not_implemented",
        "POST,/v1/videos/x/remix,415,unsupported_media_type",
        "POST,/v1/videos/x/cancel,404,video_not_found"
    })
    void answersEverythingWithTheEnvelope(String method, String path, int status, String code) {
        Response response = given().urlEncodingEnabled(false).request(method, path);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.contentType()).startsWith("application/json");
        assertThat(response.<String>path("error.message")).isNotEmpty();
        if (code != null) {
            assertThat(response.<String>path("error.code")).isEqualTo(code);
        }
    }

    @Test
    void refusesOtherMediaTypes() {
        given().contentType("text/xml")
                .body("<prompt/>")
                .post("/v1/videos")
                .then()
                .statusCode(415)
                .body("error.code", equalTo("unsupported_media_type"));
    }

    @Test
    void servesItsModels() {
        when().get("/v1/models")
                .then()
                .statusCode(200)
                .body("object", equalTo("list"))
                .body("data.id", hasItems("wan2.2-t2v-a14b", "wan2.2-ti2v-5b"))
                .body("data[0].id", equalTo("wan2.2-t2v-a14b"))
                .body("data[0].defaults.num_inference_steps", equalTo(40));
        when().get("/v1/models/wan2.2-ti2v-5b").then().statusCode(200).body("size_multiple", equalTo(32));
    }

    @Test
    void answersARetryWithTheSameJob() {
        String key = UUID.randomUUID().toString();
        String first = keyed(key, CAT).statusCode(200).extract().path("id");
        String second =
                keyed(key, CAT.replace("7}", "7  }")).statusCode(200).extract().path("id");

        assertThat(second).isEqualTo(first);
        keyed(key, CAT.replace("cat", "dog"))
                .statusCode(409)
                .header("x-should-retry", "false")
                .body("error.code", equalTo("idempotency_conflict"));
        given().header("Idempotency-Key", "not ok\u00e9")
                .contentType(ContentType.JSON)
                .body(CAT)
                .post("/v1/videos")
                .then()
                .statusCode(400)
                .body("error.param", equalTo("Idempotency-Key"));
    }

    @Test
    void listsInPagesThatEnd() {
        List<String> ids = java.util.stream.IntStream.range(0, 5)
                .mapToObj(i -> create(CAT).extract().<String>path("id"))
                .toList();
        when().get("/v1/videos/" + ids.get(4)).then().statusCode(200);
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> when().get("/v1/videos?limit=5")
                        .then()
                        .body("data.id", equalTo(reversed(ids)))
                        .body("first_id", equalTo(ids.get(4)))
                        .body("last_id", equalTo(ids.get(0))));
        when().get("/v1/videos?order=asc&limit=100&after=" + ids.get(1))
                .then()
                .body("data.id", equalTo(ids.subList(2, 5)))
                .body("has_more", is(false));
        when().get("/v1/videos?limit=2&after=" + ids.get(4))
                .then()
                .body("data.id", equalTo(List.of(ids.get(3), ids.get(2))))
                .body("has_more", is(true));
        when().get("/v1/videos?order=asc&after=" + ids.get(4))
                .then()
                .body("data.size()", equalTo(0))
                .body("$", not(hasKey("last_id")))
                .body("has_more", is(false));
    }

    @Test
    void deletesAJobThatIsNotOver() {
        String key = UUID.randomUUID().toString();
        String id = keyed(key, CAT).extract().path("id");

        when().delete("/v1/videos/" + id)
                .then()
                .statusCode(200)
                .body("id", equalTo(id))
                .body("object", equalTo("video.deleted"))
                .body("deleted", is(true));
        when().get("/v1/videos/" + id).then().statusCode(404);
        when().delete("/v1/videos/" + id).then().statusCode(404);
        when().get("/v1/videos?limit=100").then().body("data.id", everyItem(not(equalTo(id))));
        keyed(key, CAT).statusCode(409);
    }

    @Test
    void cancelsAJobThatStays() {
        String id = create(CAT).extract().path("id");

        for (int again = 0; again < 2; again++) {
            given().post("/v1/videos/" + id + "/cancel")
                    .then()
                    .statusCode(200)
                    .body("status", equalTo("failed"))
                    .body("error.code", equalTo("cancelled"));
        }
        when().get("/v1/videos/" + id).then().statusCode(200).body("error.code", equalTo("cancelled"));
        given().post("/v1/videos/x/cancel").then().statusCode(404);
    }

    @Test
    void remixesWithTheSameSeed() {
        String id = create(CAT).extract().path("id");
        String key = UUID.randomUUID().toString();
        String remix = remix(id, key, "{\"prompt\":\"a dog\"}")
                .statusCode(200)
                .body("remixed_from_video_id", equalTo(id))
                .body("prompt", equalTo("a dog"))
                .body("seconds", equalTo("2"))
                .body("effective_params.seed", equalTo(7))
                .extract()
                .path("id");

        assertThat(remix).isNotEqualTo(id);
        remix(id, key, "{\"prompt\":\"a dog\"}").statusCode(200).body("id", equalTo(remix));
        remix(remix, key, "{\"prompt\":\"a dog\"}").statusCode(409);
        remix(id, UUID.randomUUID().toString(), "{}").statusCode(400).body("error.param", equalTo("prompt"));
    }

    @Test
    void makesSeveralVideosOfOneRequest() {
        ValidatableResponse first = create(CAT.replace("{", "{\"n\":3,"));
        List<String> ids = first.extract().path("variants");

        assertThat(ids).hasSize(3).startsWith(first.extract().<String>path("id"));
        when().get("/v1/videos/" + ids.get(2))
                .then()
                .statusCode(200)
                .body("effective_params.seed", equalTo(9))
                .body("variants", equalTo(ids));
    }

    @Test
    void filtersLists() {
        String shot = UUID.randomUUID().toString();
        String first = create(CAT.replace("}", ",\"metadata\":{\"shot\":\"" + shot + "\",\"take\":\"1\"}}"))
                .extract()
                .path("id");
        String second = create(CAT.replace("}", ",\"metadata\":{\"shot\":\"" + shot + "\",\"take\":\"2\"}}"))
                .extract()
                .path("id");
        given().post("/v1/videos/" + second + "/cancel").then().statusCode(200);

        assertThat(listed("metadata[shot]", shot)).containsExactly(second, first);
        assertThat(listed("metadata[shot]", shot, "metadata[take]", "1")).containsExactly(first);
        assertThat(listed("metadata[shot]", shot, "status", "failed")).containsExactly(second);
        assertThat(listed("metadata[shot]", shot, "created_after", "0", "order", "asc"))
                .containsExactly(first, second);
        assertThat(listed("metadata[shot]", shot, "created_after", "99999999999"))
                .isEmpty();
    }

    @Test
    void understandsTheFieldsOfOtherServers() {
        given().multiPart("prompt", "a lake")
                .multiPart("width", "1280")
                .multiPart("height", "720")
                .multiPart("num_frames", "80")
                .multiPart("fps", "16")
                .multiPart("num_inference_steps", "40")
                .multiPart("true_cfg_scale", "1")
                .multiPart("user", "u")
                .post("/v1/videos")
                .then()
                .statusCode(200)
                .body("size", equalTo("1280x720"))
                .body("effective_params.num_frames", equalTo(77));
        given().header("X-Strict", "true")
                .multiPart("prompt", "a lake")
                .multiPart("true_cfg_scale", "1")
                .post("/v1/videos")
                .then()
                .statusCode(400)
                .body("error.param", equalTo("true_cfg_scale"));
        when().get("/models").then().statusCode(200).body("data[0].id", equalTo("wan2.2-t2v-a14b"));
    }

    private static List<String> listed(String... query) {
        var request = given();
        for (int i = 0; i < query.length; i += 2) {
            request.queryParam(query[i], query[i + 1]);
        }
        return request.get("/v1/videos").then().statusCode(200).extract().path("data.id");
    }

    private static ValidatableResponse remix(String id, String key, String body) {
        return given().header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/videos/" + id + "/remix")
                .then();
    }

    @Test
    void hasNoContentWhileItRuns() {
        String id = create(CAT).extract().path("id");

        when().get("/v1/videos/" + id + "/content")
                .then()
                .statusCode(404)
                .header("x-should-retry", "false")
                .body("error.code", equalTo("video_not_ready"));
        when().get("/v1/videos/" + id + "/content?variant=gif")
                .then()
                .statusCode(400)
                .body("error.param", equalTo("variant"));
    }

    @Test
    void echoesASaneRequestId() {
        given().header("x-request-id", "abc-1").get("/v1/models").then().header("x-request-id", "abc-1");
        given().header("x-request-id", "a b").get("/v1/models").then().header("x-request-id", not(equalTo("a b")));
    }

    @Test
    void isHealthyAndDocumented() {
        when().get("/q/health/live").then().statusCode(200);
        when().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
        String openApi =
                when().get("/q/openapi").then().statusCode(200).extract().asString();
        assertThat(openApi)
                .contains(
                        "/v1/videos/{id}/content",
                        "CreateVideo",
                        "num_inference_steps",
                        "guidance_scale_2",
                        "effective_params");
    }

    private static ValidatableResponse create(String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/v1/videos")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse keyed(String key, String body) {
        return given().header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/videos")
                .then();
    }

    private static List<String> reversed(List<String> ids) {
        return java.util.stream.IntStream.range(0, ids.size())
                .mapToObj(i -> ids.get(ids.size() - 1 - i))
                .toList();
    }
}
