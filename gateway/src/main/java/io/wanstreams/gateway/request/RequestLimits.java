package io.wanstreams.gateway.request;

import java.time.Duration;

/**
 * How much one request may ask for.
 *
 * @param promptChars longest prompt, in characters (code points)
 * @param negativePromptChars longest negative prompt, in characters
 * @param pixels most pixels of one frame
 * @param frames most pixel frames
 * @param tokens most transformer tokens: latent frames times patches
 * @param metadataKeys most keys of metadata
 * @param metadataKeyChars longest key of metadata
 * @param metadataValueChars longest value of metadata
 * @param variants most videos of one request
 * @param defaultDeadline for a request that names none
 * @param longestDeadline half of the tensors' retention at most
 */
public record RequestLimits(
        int promptChars,
        int negativePromptChars,
        int pixels,
        int frames,
        int tokens,
        int metadataKeys,
        int metadataKeyChars,
        int metadataValueChars,
        int variants,
        Duration defaultDeadline,
        Duration longestDeadline) {

    public RequestLimits {
        if (promptChars < 1 || pixels < 1 || frames < 1 || tokens < 1 || variants < 1) {
            throw new IllegalArgumentException("the limits of a request are positive");
        }
        if (defaultDeadline.compareTo(longestDeadline) > 0) {
            throw new IllegalArgumentException("the default deadline " + defaultDeadline
                    + " is longer than the longest allowed, " + longestDeadline);
        }
    }
}
