package io.wanstreams.cli.client;

import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A form with text fields and files, as RFC 7578 has it. */
final class MultipartBody {

    private final String boundary = "wan-" + UUID.randomUUID();
    private final Submission submission;

    MultipartBody(Submission submission) {
        this.submission = submission;
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    BodyPublisher publisher() throws FileNotFoundException {
        StringBuilder fields = new StringBuilder();
        submission
                .fields()
                .forEach((name, value) ->
                        fields.append(part(name, "")).append(value).append("\r\n"));
        List<BodyPublisher> parts = new ArrayList<>(List.of(text(fields.toString())));
        for (Map.Entry<String, Path> file : submission.files().entrySet()) {
            // A file's own name is not the gateway's business.
            parts.add(text(part(file.getKey(), "; filename=\"" + file.getKey() + "\"")));
            parts.add(BodyPublishers.ofFile(file.getValue()));
            parts.add(text("\r\n"));
        }
        parts.add(text("--" + boundary + "--\r\n"));
        return BodyPublishers.concat(parts.toArray(BodyPublisher[]::new));
    }

    private static BodyPublisher text(String text) {
        return BodyPublishers.ofString(text, StandardCharsets.UTF_8);
    }

    private String part(String name, String more) {
        String type = more.isEmpty() ? "text/plain; charset=utf-8" : "application/octet-stream";
        return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"" + more
                + "\r\nContent-Type: " + type + "\r\n\r\n";
    }
}
