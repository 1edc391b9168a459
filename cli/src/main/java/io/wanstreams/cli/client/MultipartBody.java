package io.wanstreams.cli.client;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** A form with text fields and one file, as RFC 7578 has it. */
final class MultipartBody {

    private final String boundary = "wan-" + UUID.randomUUID();
    private final Map<String, Object> fields;
    private final String fileField;
    private final Path file;

    MultipartBody(Map<String, Object> fields, String fileField, Path file) {
        this.fields = fields;
        this.fileField = fileField;
        this.file = file;
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    BodyPublisher publisher() throws IOException {
        StringBuilder head = new StringBuilder();
        fields.forEach(
                (name, value) -> head.append(part(name, "")).append(value).append("\r\n"));
        head.append(part(fileField, "; filename=\"" + fileField + ".safetensors\""));
        String tail = "\r\n--" + boundary + "--\r\n";
        return BodyPublishers.concat(
                BodyPublishers.ofString(head.toString(), StandardCharsets.UTF_8),
                BodyPublishers.ofByteArray(Files.readAllBytes(file)),
                BodyPublishers.ofString(tail, StandardCharsets.UTF_8));
    }

    private String part(String name, String more) {
        String type = more.isEmpty() ? "text/plain; charset=utf-8" : "application/octet-stream";
        return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"" + more
                + "\r\nContent-Type: " + type + "\r\n\r\n";
    }
}
