package io.wanstreams.gateway.http;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.progress.Preview;
import io.wanstreams.gateway.board.BoardJob;
import io.wanstreams.gateway.board.PreviewBoard;
import io.wanstreams.transport.bundle.BadBundleException;
import io.wanstreams.transport.bundle.BundleException;
import io.wanstreams.transport.bundle.BundleStore;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the files of finished videos where they lie. */
@Singleton
public final class Contents {

    private static final Logger log = LoggerFactory.getLogger(Contents.class);

    private final BundleStore bundles;
    private final PreviewBoard previews;
    private final VideoAnswers answers;

    Contents(BundleStore bundles, PreviewBoard previews, VideoAnswers answers) {
        this.bundles = bundles;
        this.previews = previews;
        this.answers = answers;
    }

    /** The file of a job, or the 404 that says why there is none. */
    Content find(BoardJob boardJob, Variant variant) {
        Job job = boardJob.job();
        if (variant == Variant.PREVIEW) {
            return preview(job.id());
        }
        if (!(job.phase() instanceof Phase.Completed)) {
            throw job.isTerminal()
                    ? ApiException.notFound("video_failed", "The video was not made; see its error.")
                    : ApiException.notFound("video_not_ready", "The video is not ready yet.");
        }
        if (variant == Variant.MANIFEST) {
            return manifest(boardJob);
        }
        BundleRef bundle = job.bundle(variant.bundle())
                .orElseThrow(() -> ApiException.notFound(
                        "no_such_variant", "This video has no " + variant.text() + "; save_frames keeps frames."));
        return new Content(
                job.id(),
                variant,
                bundle.mediaType(),
                bundle.length(),
                bundle.sha256(),
                part -> open(job.id(), bundle, part));
    }

    private Content manifest(BoardJob job) {
        byte[] json = ApiJson.write(
                        ManifestView.of(answers.views().of(job), job.job().completed()))
                .getBytes(StandardCharsets.UTF_8);
        return inMemory(job.job().id(), Variant.MANIFEST, "application/json", json);
    }

    private Content preview(JobId job) {
        Preview preview = previews.newest(job)
                .orElseThrow(() -> ApiException.notFound(
                        "no_preview", "There is no preview: the video is not being denoised, or is finished."));
        return inMemory(job, Variant.PREVIEW, Preview.MEDIA_TYPE, preview.jpeg());
    }

    private static Content inMemory(JobId job, Variant variant, String mediaType, byte[] bytes) {
        return new Content(
                job,
                variant,
                mediaType,
                bytes.length,
                sha256(bytes),
                part -> new ByteArrayInputStream(bytes, (int) part.first(), (int) part.length()));
    }

    private InputStream open(JobId job, BundleRef bundle, ByteRange part) {
        try {
            return part.length() == bundle.length()
                    ? bundles.open(bundle)
                    : bundles.open(bundle, part.first(), part.length());
        } catch (BadBundleException e) {
            log.atWarn()
                    .addKeyValue("jobId", job)
                    .addKeyValue("error", e.getMessage())
                    .log("Content is gone");
            throw ApiException.notFound("content_gone", "The content has expired or is damaged.");
        } catch (BundleException e) {
            log.atWarn()
                    .addKeyValue("jobId", job)
                    .addKeyValue("error", e.getMessage())
                    .log("Content unavailable");
            throw ApiException.of(503, "storage_unavailable", "The storage does not answer; try again later.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.of(503, "storage_unavailable", "The gateway stops; try again later.");
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
