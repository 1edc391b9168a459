package io.wanstreams.gateway.http;

import io.smallrye.common.annotation.Blocking;
import io.wanstreams.gateway.access.Callers;
import io.wanstreams.gateway.access.Scope;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** {@code /v1/videos/{id}/content}: the files of a finished video, streamed from where they lie. */
@Path("/v1/videos/{id}/content")
@Singleton
@Blocking
public final class ContentResource {

    private final Callers callers;
    private final Videos videos;
    private final Contents contents;

    ContentResource(Callers callers, Videos videos, Contents contents) {
        this.callers = callers;
        this.videos = videos;
        this.contents = contents;
    }

    @GET
    @Operation(
            summary = "Download",
            description =
                    "variant: video, thumbnail, spritesheet, manifest (how it was made, JSON), latents, or frames when"
                            + " they were saved; preview while it is being made. Range is honoured.")
    public Response get(
            @PathParam("id") String id,
            @QueryParam("variant") @Nullable String variant,
            @HeaderParam("Range") @Nullable String range,
            @HeaderParam("If-Range") @Nullable String ifRange,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        Content content = content(id, variant);
        if (content.etag().equals(ifNoneMatch)) {
            return content.headers(Response.status(Response.Status.NOT_MODIFIED))
                    .build();
        }
        try {
            boolean isSame = ifRange == null || ifRange.equals(content.etag());
            Optional<ByteRange> part = ByteRange.of(isSame ? range : null, content.length());
            return part.isPresent() ? content.part(part.get()) : content.whole();
        } catch (ByteRange.NotSatisfiableException e) {
            return Response.fromResponse(Errors.answer(
                            416, "range_not_satisfiable", null, "The range lies past the end of the content.", false))
                    .header("Content-Range", "bytes */" + content.length())
                    .build();
        }
    }

    @HEAD
    @Operation(hidden = true)
    public Response head(@PathParam("id") String id, @QueryParam("variant") @Nullable String variant) {
        Content content = content(id, variant);
        return content.headers(Response.ok())
                .header(HttpHeaders.CONTENT_LENGTH, content.length())
                .build();
    }

    private Content content(String id, @Nullable String name) {
        Variant variant = Variant.parse(name);
        if (variant.isForAdmins() && !callers.current().may(Scope.ADMIN)) {
            throw ApiException.of(
                    403, "insufficient_scope", "variant " + variant.text() + " needs a key with the scope admin.");
        }
        return contents.find(videos.find(id).await().indefinitely(), variant);
    }
}
