package io.wanstreams.gateway.http;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What the official API has and this one has not: 501 and not 404, so that clients can tell the difference. */
@Path("/v1/videos/{what: edits|extensions|characters}")
@Singleton
@Produces(MediaType.APPLICATION_JSON)
public final class NotBuiltResource {

    @POST
    @Operation(hidden = true)
    public Response create() {
        return notBuilt();
    }

    @GET
    @Path("{id}")
    @Operation(hidden = true)
    public Response retrieve() {
        return notBuilt();
    }

    private static Response notBuilt() {
        return Errors.answer(
                501, "not_implemented", null, "This gateway creates and remixes videos; it has no such thing.", false);
    }
}
