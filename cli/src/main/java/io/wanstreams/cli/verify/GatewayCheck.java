package io.wanstreams.cli.verify;

import io.wanstreams.cli.client.OneSentence;
import io.wanstreams.cli.client.Variant;
import io.wanstreams.cli.client.Video;
import io.wanstreams.cli.client.VideosClient;
import io.wanstreams.cli.client.VideosException;
import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.transport.verify.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Asks the gateway about every job of the log, and for every video: it must say what the log says. */
final class GatewayCheck {

    private final VideosClient client;
    private final List<String> findings = new ArrayList<>();

    GatewayCheck(VideosClient client) {
        this.client = client;
    }

    /** Sentences about jobs of which the gateway says something else. */
    List<String> check(Map<JobId, Outcome> jobs) {
        jobs.forEach((id, outcome) -> {
            switch (outcome.phase()) {
                case "none", "unreadable" -> {
                    // Nobody has promised anything about these.
                }
                case "deleted" -> expectUnknown(id);
                case "completed" -> expectVideo(id, outcome);
                case "failed", "cancelled" -> expectStatus(id, List.of("failed"));
                default -> expectStatus(id, List.of("queued", "in_progress"));
            }
        });
        return findings;
    }

    private void expectUnknown(JobId id) {
        try {
            Video video = client.get(id.toString());
            findings.add("job " + id + " is deleted, and the gateway says " + video.status());
        } catch (VideosException e) {
            // As it must be.
        }
    }

    private boolean expectStatus(JobId id, List<String> expected) {
        try {
            String status = client.get(id.toString()).status();
            if (!expected.contains(status)) {
                findings.add("job " + id + " is " + status + " to the gateway, the log says " + expected);
            }
            return expected.contains(status);
        } catch (VideosException e) {
            findings.add("job " + id + ": " + e.getMessage());
            return false;
        }
    }

    private void expectVideo(JobId id, Outcome outcome) {
        BundleRef video = outcome.video();
        if (!expectStatus(id, List.of("completed")) || video == null) {
            return;
        }
        try {
            Path file = Files.createTempFile("wan-verify", ".mp4");
            try {
                client.download(id.toString(), Variant.VIDEO, file);
                String found = sha256(file);
                if (!found.equals(video.sha256())) {
                    findings.add("job " + id + ": the gateway's video has SHA-256 " + found + ", expected "
                            + video.sha256());
                }
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (VideosException e) {
            findings.add("job " + id + ": " + e.getMessage());
        } catch (IOException e) {
            throw new VideosException("Cannot write a video to look at it: " + OneSentence.of(e), e);
        }
    }

    private static String sha256(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
