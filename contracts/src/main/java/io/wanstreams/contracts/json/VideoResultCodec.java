package io.wanstreams.contracts.json;

import io.wanstreams.contracts.result.VideoResult;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Results as CloudEvents 1.0 in Kafka's binary mode. Source and id do not depend on who writes: whatever saw an event
 * twice recognises it.
 */
public final class VideoResultCodec {

    private static final String SOURCE = "/wan/results";

    private VideoResultCodec() {}

    /** The event's {@code ce_type}, for example {@code io.wanstreams.video.completed.v1}. */
    public static String typeOf(VideoResult result) {
        return "io.wanstreams.video." + result.state() + ".v1";
    }

    /** The event's {@code ce_id}: {@code <job>/<state>}. */
    public static String idOf(VideoResult result) {
        return result.job() + "/" + result.state();
    }

    /** The event's headers. */
    public static Map<String, String> headers(VideoResult result) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", idOf(result));
        headers.put("ce_source", SOURCE);
        headers.put("ce_type", typeOf(result));
        headers.put("ce_subject", result.job().toString());
        headers.put("ce_time", result.finishedAt().toString());
        headers.put("ce_dataschema", "/v1/schemas/video.result.v1");
        headers.put("ce_partitionkey", result.job().toString());
        headers.put("content-type", "application/json");
        return headers;
    }

    /** The event's data. */
    public static byte[] data(VideoResult result) {
        return ContractJson.write(result);
    }

    /**
     * Reads the data.
     *
     * @throws MalformedContractException when it is not a result
     */
    public static VideoResult read(byte[] data) {
        return ContractJson.read(data, VideoResult.class);
    }
}
