package io.wanstreams.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanstreams.gateway.intake.Uploads;
import io.wanstreams.gateway.request.BodyReader;
import io.wanstreams.gateway.request.FormTree;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.resteasy.reactive.server.multipart.FormValue;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;
import org.jspecify.annotations.Nullable;

/** A form's fields, and the files that it may carry. */
record Forms(ObjectNode body, Uploads uploads) {

    private static final int TEXT_FILE_LIMIT_BYTES = 64 * 1024;

    static Forms of(MultipartFormDataInput form) {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        TreeMap<String, Path> files = new TreeMap<>();
        for (Map.Entry<String, java.util.Collection<FormValue>> field :
                form.getValues().entrySet()) {
            for (FormValue value : field.getValue()) {
                if (!value.isFileItem()) {
                    fields.add(Map.entry(field.getKey(), value.getValue()));
                } else if (Uploads.takes(field.getKey())) {
                    files.put(field.getKey(), file(field.getKey(), value));
                } else {
                    fields.add(Map.entry(field.getKey(), text(field.getKey(), value)));
                }
            }
        }
        return new Forms(FormTree.of(fields), new Uploads(files));
    }

    /** A JSON body, which carries no file. */
    static Forms ofJson(byte @Nullable [] body) {
        return new Forms(BodyReader.object(body == null ? new byte[0] : body), Uploads.NONE);
    }

    /** An URL-encoded form, which carries no file either. */
    static Forms ofUrlEncoded(byte @Nullable [] sent) {
        byte[] body = sent == null ? new byte[0] : sent;
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (String pair : new String(body, StandardCharsets.US_ASCII).split("&", FormTree.FIELD_LIMIT + 2)) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                fields.add(Map.entry(
                        decoded(equals < 0 ? pair : pair.substring(0, equals)),
                        decoded(equals < 0 ? "" : pair.substring(equals + 1))));
            }
        }
        return new Forms(FormTree.of(fields), Uploads.NONE);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiException.of(400, "malformed_body", "The form is not URL-encoded.");
        }
    }

    private static Path file(String field, FormValue value) {
        Path file = value.getFileItem().getFile();
        if (file == null) {
            throw ApiException.invalid(field, field + " is a file.");
        }
        return file;
    }

    /** A field that came as a file: clients send JSON parts that way; whatever it is, its kind is judged like any text. */
    private static String text(String name, FormValue value) {
        try {
            if (value.getFileItem().getFileSize() > TEXT_FILE_LIMIT_BYTES) {
                throw ApiException.invalid(name, "This field is not taken as a file of this size.");
            }
            return new String(value.getFileItem().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw ApiException.invalid(name, "The field could not be received whole; send it again.");
        }
    }
}
