package io.wanstreams.gateway.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.wanstreams.contracts.json.ContractJson;

/** Lines of {@code wan.webhooks} as JSON. The type must be named, or the field that tells the kinds apart is left out. */
final class DeliveryJson {

    private static final ObjectWriter WRITER = ContractJson.mapper().writerFor(DeliveryRecord.class);

    private DeliveryJson() {}

    static byte[] write(DeliveryRecord line) {
        try {
            return WRITER.writeValueAsBytes(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a line of deliveries has a JSON form", e);
        }
    }

    /**
     * Reads a line.
     *
     * @throws io.wanstreams.contracts.json.MalformedContractException when it is none
     */
    static DeliveryRecord read(byte[] json) {
        return ContractJson.read(json, DeliveryRecord.class);
    }
}
