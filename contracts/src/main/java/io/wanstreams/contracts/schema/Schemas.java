package io.wanstreams.contracts.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanstreams.contracts.json.JobEventCodec;
import io.wanstreams.contracts.progress.Heartbeat;
import io.wanstreams.contracts.result.VideoResult;
import io.wanstreams.contracts.ticket.Ticket;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The JSON Schemas of what goes over Kafka, by name. {@code docs/schemas} holds the same, and a test compares. */
public final class Schemas {

    private static final String PREFIX = "io.wanstreams.";
    private static final SortedMap<String, ObjectNode> ALL = all();

    private Schemas() {}

    /**
     * Every schema by its name: that of an event is its {@code ce_type} without {@code io.wanstreams.}, for example {@code
     * stage.completed.v1}; the data of all three kinds of result is {@code video.result.v1}.
     */
    public static Map<String, ObjectNode> byName() {
        return ALL;
    }

    /** The schema of a record outside this module, in the same manner. */
    public static ObjectNode of(String name, Class<?> type) {
        return SchemaWriter.write(name, type);
    }

    private static SortedMap<String, ObjectNode> all() {
        SortedMap<String, ObjectNode> schemas = new TreeMap<>();
        JobEventCodec.types().forEach((type, event) -> put(schemas, type.substring(PREFIX.length()), event));
        put(schemas, "video.result.v1", VideoResult.class);
        put(schemas, "heartbeat", Heartbeat.class);
        put(schemas, "ticket", Ticket.class);
        return Collections.unmodifiableSortedMap(schemas);
    }

    private static void put(SortedMap<String, ObjectNode> schemas, String name, Class<?> type) {
        schemas.put(name, SchemaWriter.write(name, type));
    }
}
