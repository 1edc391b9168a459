package io.wanstreams.gateway.http;

import io.wanstreams.contracts.job.JobId;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/**
 * A file of a job.
 *
 * @param length bytes
 * @param sha256 of the bytes, in hex
 */
record Content(JobId job, Variant variant, String mediaType, long length, String sha256, Source source) {

    /** Where the bytes come from. */
    @FunctionalInterface
    interface Source {
        InputStream open(ByteRange part);
    }

    /** Bytes are deterministic: their digest is their identity. */
    String etag() {
        return '"' + sha256 + '"';
    }

    Response.ResponseBuilder headers(Response.ResponseBuilder answer) {
        if (variant == Variant.PREVIEW) {
            answer.header(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        return answer.header(HttpHeaders.CONTENT_TYPE, mediaType)
                .header(HttpHeaders.ETAG, etag())
                .header("Accept-Ranges", "bytes")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + job + variant.suffix() + "\"");
    }

    Response whole() {
        return headers(Response.ok(source.open(new ByteRange(0, length))))
                .header(HttpHeaders.CONTENT_LENGTH, length)
                .build();
    }

    Response part(ByteRange part) {
        return headers(Response.status(Response.Status.PARTIAL_CONTENT).entity(source.open(part)))
                .header(HttpHeaders.CONTENT_LENGTH, part.length())
                .header("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + length)
                .build();
    }
}
