package io.wanstreams.gateway.http;

import io.smallrye.common.annotation.Blocking;
import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.gateway.intake.Lookup;
import io.wanstreams.transport.bundle.BadBundleException;
import io.wanstreams.transport.bundle.BundleException;
import io.wanstreams.transport.bundle.BundleStore;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /v1/videos/{id}/content}: the files of a finished video, streamed from where they lie. */
@Path("/v1/videos/{id}/content")
@Singleton
@Blocking
public final class ContentResource {

    private static final Logger log = LoggerFactory.getLogger(ContentResource.class);

    private final Lookup lookup;
    private final BundleStore bundles;

    ContentResource(Lookup lookup, BundleStore bundles) {
        this.lookup = lookup;
        this.bundles = bundles;
    }

    @GET
    @Operation(
            summary = "Download",
            description =
                    "variant: video, thumbnail, spritesheet, latents, or frames when they were saved. Range is honoured.")
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
            Optional<ByteRange> part =
                    ByteRange.of(isSame ? range : null, content.bundle().length());
            return part.isPresent() ? part(content, part.get()) : whole(content);
        } catch (ByteRange.NotSatisfiableException e) {
            return Response.fromResponse(Errors.answer(
                            416, "range_not_satisfiable", null, "The range lies past the end of the content.", false))
                    .header("Content-Range", "bytes */" + content.bundle().length())
                    .build();
        }
    }

    @HEAD
    @Operation(hidden = true)
    public Response head(@PathParam("id") String id, @QueryParam("variant") @Nullable String variant) {
        Content content = content(id, variant);
        return content.headers(Response.ok())
                .header(HttpHeaders.CONTENT_LENGTH, content.bundle().length())
                .build();
    }

    private Response whole(Content content) {
        return content.headers(Response.ok(
                        open(content, new ByteRange(0, content.bundle().length()))))
                .header(HttpHeaders.CONTENT_LENGTH, content.bundle().length())
                .build();
    }

    private Response part(Content content, ByteRange part) {
        long length = content.bundle().length();
        return content.headers(Response.status(Response.Status.PARTIAL_CONTENT).entity(open(content, part)))
                .header(HttpHeaders.CONTENT_LENGTH, part.length())
                .header("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + length)
                .build();
    }

    private InputStream open(Content content, ByteRange part) {
        try {
            return part.length() == content.bundle().length()
                    ? bundles.open(content.bundle())
                    : bundles.open(content.bundle(), part.first(), part.length());
        } catch (BadBundleException e) {
            log.atWarn()
                    .addKeyValue("jobId", content.job().id())
                    .addKeyValue("error", e.getMessage())
                    .log("Content is gone");
            throw ApiException.notFound("content_gone", "The content has expired or is damaged.");
        } catch (BundleException e) {
            log.atWarn()
                    .addKeyValue("jobId", content.job().id())
                    .addKeyValue("error", e.getMessage())
                    .log("Content unavailable");
            throw ApiException.of(503, "storage_unavailable", "The storage does not answer; try again later.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.of(503, "storage_unavailable", "The gateway stops; try again later.");
        }
    }

    private Content content(String id, @Nullable String name) {
        Variant variant = Variant.parse(name);
        Job job = lookup.find(Tenants.ONLY, id)
                .await()
                .indefinitely()
                .orElseThrow(ApiException::noSuchVideo)
                .job();
        if (!(job.phase() instanceof Phase.Completed)) {
            throw job.isTerminal()
                    ? ApiException.notFound("video_failed", "The video was not made; see its error.")
                    : ApiException.notFound("video_not_ready", "The video is not ready yet.");
        }
        BundleRef bundle = job.bundle(variant.bundle())
                .orElseThrow(() -> ApiException.notFound(
                        "no_such_variant", "This video has no " + variant.text() + "; save_frames keeps frames."));
        return new Content(job, variant, bundle);
    }

    /** A file of a job. */
    private record Content(Job job, Variant variant, BundleRef bundle) {

        /** Bytes are deterministic: their digest is their identity. */
        String etag() {
            return '"' + bundle.sha256() + '"';
        }

        Response.ResponseBuilder headers(Response.ResponseBuilder answer) {
            return answer.header(HttpHeaders.CONTENT_TYPE, bundle.mediaType())
                    .header(HttpHeaders.ETAG, etag())
                    .header("Accept-Ranges", "bytes")
                    .header(
                            HttpHeaders.CONTENT_DISPOSITION,
                            "attachment; filename=\"" + job.id() + variant.suffix() + "\"");
        }
    }
}
