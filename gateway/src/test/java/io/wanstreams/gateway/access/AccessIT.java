package io.wanstreams.gateway.access;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.wanstreams.gateway.GatewayTestResource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gateway for everybody, with keys. */
@QuarkusTest
@QuarkusTestResource(GatewayTestResource.class)
@QuarkusTestResource(value = KeysResource.class, restrictToAnnotatedClass = true)
final class AccessIT {

    @ParameterizedTest
    @CsvSource({
        "GET,/v1/videos",
        "POST,/v1/videos",
        "POST,/v1/videos/sync",
        "GET,/v1/videos/x",
        "DELETE,/v1/videos/x",
        "POST,/v1/videos/x/cancel",
        "POST,/v1/videos/x/remix",
        "GET,/v1/videos/x/content",
        "GET,/v1/videos/x/events",
        "GET,/v1/models",
        "GET,/models",
        "GET,//v1/videos",
        "GET,/v1/videos;a=b",
        "GET,/v1/./videos",
        "GET,/%761/videos"
    })
    void answersNobodyWithoutAKey(String method, String path) {
        for (String header : List.of("", "Bearer", "Bearer wrong", "Basic " + KeysResource.ACME, KeysResource.ACME)) {
            int status = given().urlEncodingEnabled(false)
                    .header("Authorization", header)
                    .request(method, path)
                    .statusCode();

            assertThat(status).as(header).isIn(401, 404);
        }
        given().get("/v1/videos")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer")
                .header("x-should-retry", "false")
                .body("error.type", equalTo("authentication_error"))
                .body("error.code", equalTo("invalid_api_key"));
    }

    @Test
    void letsEachKeyDoWhatItMay() {
        String id = create(KeysResource.ACME);

        as(KeysResource.ACME_READER).get("/v1/videos/" + id).then().statusCode(200);
        as(KeysResource.ACME_READER)
                .delete("/v1/videos/" + id)
                .then()
                .statusCode(403)
                .body("error.type", equalTo("permission_error"))
                .body("error.message", notNullValue());
        post(KeysResource.ACME_READER, UUID.randomUUID().toString()).statusCode(403);
        as(KeysResource.ACME)
                .get("/v1/videos/" + id + "/content?variant=latents")
                .then()
                .statusCode(403);
        as(KeysResource.ACME_ADMIN)
                .get("/v1/videos/" + id + "/content?variant=latents")
                .then()
                .statusCode(404)
                .body("error.code", equalTo("video_not_ready"));
        as(KeysResource.ACME_ADMIN).delete("/v1/videos/" + id).then().statusCode(200);
    }

    @Test
    void hidesTheJobsOfOthers() {
        String id = create(KeysResource.ACME);

        for (String path : List.of("", "/content", "/events", "/content?variant=manifest")) {
            as(KeysResource.OTHER).get("/v1/videos/" + id + path).then().statusCode(404);
        }
        as(KeysResource.OTHER).delete("/v1/videos/" + id).then().statusCode(404);
        as(KeysResource.OTHER).post("/v1/videos/" + id + "/cancel").then().statusCode(404);
        as(KeysResource.OTHER)
                .contentType(ContentType.JSON)
                .body("{\"prompt\":\"mine\"}")
                .post("/v1/videos/" + id + "/remix")
                .then()
                .statusCode(404);
        as(KeysResource.OTHER).get("/v1/videos?after=" + id).then().statusCode(400);
        assertThat(as(KeysResource.OTHER).get("/v1/videos").<List<String>>path("data.id"))
                .doesNotContain(id);
        as(KeysResource.ACME).delete("/v1/videos/" + id).then().statusCode(200);
    }

    @Test
    void theSameIdempotencyKeyMeansAnotherJobForAnotherTenant() {
        String key = UUID.randomUUID().toString();
        String mine = post(KeysResource.ACME, key).statusCode(200).extract().path("id");
        String theirs = post(KeysResource.OTHER, key).statusCode(200).extract().path("id");

        assertThat(mine).isNotEqualTo(theirs);
        as(KeysResource.ACME).delete("/v1/videos/" + mine).then().statusCode(200);
        as(KeysResource.OTHER).delete("/v1/videos/" + theirs).then().statusCode(200);
    }

    @Test
    void givesEachTenantItsRoomAndNoMore() {
        String first = create(KeysResource.ACME);
        String second = create(KeysResource.ACME);
        // The board has read both before it counts.
        as(KeysResource.ACME).get("/v1/videos/" + second).then().statusCode(200);

        post(KeysResource.ACME, UUID.randomUUID().toString())
                .statusCode(429)
                .header("Retry-After", notNullValue())
                .header("x-should-retry", "true")
                .body("error.type", equalTo("rate_limit_error"))
                .body("error.code", equalTo("tenant_limit"));
        String theirs = create(KeysResource.OTHER);
        as(KeysResource.OTHER).delete("/v1/videos/" + theirs).then().statusCode(200);
        as(KeysResource.ACME).delete("/v1/videos/" + first).then().statusCode(200);
        as(KeysResource.ACME).delete("/v1/videos/" + second).then().statusCode(200);
    }

    @Test
    void asksNobodyAboutItsHealth() {
        given().get("/q/health/ready").then().statusCode(200);
        given().get("/q/openapi").then().statusCode(200);
    }

    /** Neither when all goes well nor in any kind of refusal. */
    @Test
    void logsNeitherKeysNorPromptsNorPayloads() {
        String secret = "sesame-" + UUID.randomUUID();
        try (CapturedLog log = new CapturedLog()) {
            String id = say("{\"prompt\":\"" + secret + "\",\"metadata\":{\"m\":\"" + secret + "\"}}")
                    .statusCode(200)
                    .extract()
                    .path("id");
            say("{\"prompt\":\"" + secret + "\" oops").statusCode(400);
            say("{\"prompt\":\"a\",\"size\":\"" + secret + "\"}").statusCode(400);
            as(KeysResource.ACME)
                    .contentType(ContentType.JSON)
                    .body("{\"prompt\":\"" + secret + "\"}")
                    .post("/v1/videos/" + id + "/remix")
                    .then()
                    .statusCode(200);
            as(KeysResource.ACME)
                    .multiPart("prompt", "a")
                    .multiPart("noise", "noise", secret.getBytes(UTF_8))
                    .post("/v1/videos");
            as(secret).get("/v1/videos").then().statusCode(401);
            as(KeysResource.ACME).get("/v1/videos").then().statusCode(200);
            as(KeysResource.ACME).get("/v1/videos/" + secret).then().statusCode(404);
            as(KeysResource.ACME)
                    .get("/v1/videos?limit=100")
                    .<List<String>>path("data.id")
                    .forEach(each -> as(KeysResource.ACME).delete("/v1/videos/" + each));

            assertThat(log.text()).doesNotContain(secret, KeysResource.ACME);
        }
    }

    private static ValidatableResponse say(String body) {
        return as(KeysResource.ACME)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/videos")
                .then();
    }

    private static String create(String apiKey) {
        return post(apiKey, UUID.randomUUID().toString())
                .statusCode(200)
                .extract()
                .path("id");
    }

    private static ValidatableResponse post(String apiKey, String idempotencyKey) {
        return as(apiKey)
                .header("Idempotency-Key", idempotencyKey)
                .contentType(ContentType.JSON)
                .body("{\"prompt\":\"a cat\"}")
                .post("/v1/videos")
                .then();
    }

    private static io.restassured.specification.RequestSpecification as(String apiKey) {
        return given().header("Authorization", "Bearer " + apiKey);
    }
}
