package io.wanstreams.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;

/** A report for machines: one JSON object on one line. */
public final class JsonReport {

    private static final ObjectWriter WRITER = new ObjectMapper().writer();

    private JsonReport() {}

    public static String of(Report report) {
        try {
            return WRITER.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A report is plain values, yet: " + e.getMessage(), e);
        }
    }
}
