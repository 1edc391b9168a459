package io.wanstreams.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanstreams.contracts.schema.Schemas;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /v1/schemas}: JSON Schemas of all events, results and requests. */
@Path("/v1/schemas")
@Singleton
public final class SchemasResource {

    /** The body of {@code POST /v1/videos} and the data of a request on {@code wan.requests}. */
    static final String REQUEST = "video.request.v1";

    private static final Map<String, ObjectNode> ALL = all();

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "List JSON Schemas")
    public String list() {
        return ApiJson.write(new SchemaList("list", List.copyOf(ALL.keySet())));
    }

    @GET
    @Path("{name}")
    @Produces("application/schema+json")
    @Operation(summary = "Retrieve a JSON Schema")
    public String retrieve(@PathParam("name") String name) {
        ObjectNode schema = ALL.get(name);
        if (schema == null) {
            throw ApiException.notFound("schema_not_found", "There is no such schema; GET /v1/schemas lists them.");
        }
        return schema.toString();
    }

    /** All schemas by name. */
    static Map<String, ObjectNode> all() {
        Map<String, ObjectNode> all = new TreeMap<>(Schemas.byName());
        all.put(REQUEST, RequestSchema.of(REQUEST));
        return all;
    }

    /** Their names. */
    record SchemaList(String object, List<String> data) {}
}
