package io.wanstreams.gateway.webhook;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A symmetric secret of the Standard Webhooks specification: {@code whsec_} and the Base64 of 24 to 64 bytes. */
public final class WebhookSecret {

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;

    private final byte[] key;

    private WebhookSecret(byte[] key) {
        this.key = key;
    }

    /**
     * Reads a secret.
     *
     * @param setting whose value it is, for the message
     * @throws IllegalArgumentException when it is none; the message does not repeat it
     */
    public static WebhookSecret parse(String setting, String text) {
        try {
            byte[] key = Base64.getDecoder().decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : "!");
            if (key.length >= LEAST_BYTES && key.length <= MOST_BYTES) {
                return new WebhookSecret(key);
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new IllegalArgumentException(setting + " is " + PREFIX + " and the Base64 of " + LEAST_BYTES + " to "
                + MOST_BYTES + " bytes; make one with: echo whsec_$(head -c 32 /dev/urandom | base64)");
    }

    /** The {@code webhook-signature}: version 1, over {@code <id>.<timestamp>.<body>}. */
    String sign(String id, long epochSeconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update((id + "." + epochSeconds + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
