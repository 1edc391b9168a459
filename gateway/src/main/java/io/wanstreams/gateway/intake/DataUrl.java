package io.wanstreams.gateway.intake;

import io.wanstreams.gateway.request.ImageReference;
import io.wanstreams.gateway.request.Refusal;
import io.wanstreams.gateway.request.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** The image in a data URL (RFC 2397), in the one form that holds images: {@code data:image/<type>;base64,<data>}. */
final class DataUrl {

    private static final int HEAD_LIMIT_CHARS = 128;

    private DataUrl() {}

    /**
     * Decodes it; nothing is allocated for one that is too long.
     *
     * @param limitBytes most bytes of the image
     */
    static byte[] bytes(ImageReference reference, long limitBytes) {
        String url = reference.imageUrl();
        int comma = url.indexOf(',');
        if (comma < 0 || comma > HEAD_LIMIT_CHARS || !isImage(url.substring(0, comma))) {
            throw refused(reference, "is a data URL of the form data:image/png;base64,...");
        }
        int end = withoutPadding(url);
        long length = (end - comma - 1L) * 3 / 4;
        if (length > limitBytes) {
            throw refused(reference, "has an image of " + length + " bytes, allowed are " + limitBytes);
        }
        try {
            return Base64.getDecoder().decode(url.substring(comma + 1).getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw refused(reference, "is a data URL whose data is not Base64");
        }
    }

    private static boolean isImage(String head) {
        String lower = head.toLowerCase(Locale.ROOT);
        return lower.startsWith("data:image/") && lower.endsWith(";base64");
    }

    private static int withoutPadding(String url) {
        int end = url.length();
        while (end > 0 && url.charAt(end - 1) == '=') {
            end--;
        }
        return end;
    }

    private static RefusedException refused(ImageReference reference, String what) {
        return new RefusedException(
                new Refusal(reference.field(), Refusal.INVALID_VALUE, reference.field() + " " + what + "."));
    }
}
