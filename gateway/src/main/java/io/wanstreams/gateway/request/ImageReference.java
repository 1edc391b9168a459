package io.wanstreams.gateway.request;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/**
 * An image that a field names instead of carrying it as a file.
 *
 * @param field in which it came, in the client's words
 * @param imageUrl a data URL, or one to fetch
 */
public record ImageReference(
        @JsonIgnore String field, @JsonProperty("image_url") String imageUrl) {

    private static final String DATA = "data:";

    public ImageReference {
        String scheme = imageUrl.substring(0, imageUrl.indexOf(':') + 1).toLowerCase(Locale.ROOT);
        if (!scheme.equals(DATA) && !scheme.equals("https:") && !scheme.equals("http:")) {
            throw RefusedException.invalid(
                    field, field + " is an https URL or a data URL (data:image/png;base64,...), or a file of a form.");
        }
    }

    /** Whether the image itself stands in the URL. */
    public boolean isData() {
        return imageUrl.regionMatches(true, 0, DATA, 0, DATA.length());
    }

    /** Without the image: a picture is no text to show. */
    @Override
    public String toString() {
        return "ImageReference[" + field + ", " + imageUrl.length() + " characters]";
    }
}
