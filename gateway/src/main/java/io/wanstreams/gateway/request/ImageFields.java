package io.wanstreams.gateway.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Images that fields name, in the words of the official API and of its dialects: {@code input_reference} as text or object,
 * vLLM-Omni's {@code image_reference}, an object or its JSON as text, SGLang's {@code reference_url}.
 */
final class ImageFields {

    /** All of them mean the first frame. */
    static final List<String> FIRST = List.of(ImageRule.IMAGE, "image_reference", "reference_url");

    private final FieldReader fields;

    ImageFields(FieldReader fields) {
        this.fields = fields;
    }

    @Nullable
    ImageReference first() {
        ImageReference found = null;
        for (String name : FIRST) {
            ImageReference next = reference(name);
            if (next != null && found != null) {
                throw RefusedException.invalid(
                        name, "A video has one first frame; it came as " + found.field() + " and as " + name + ".");
            }
            found = next == null ? found : next;
        }
        return found;
    }

    @Nullable
    ImageReference last() {
        return reference(ImageRule.LAST_IMAGE);
    }

    private @Nullable ImageReference reference(String name) {
        JsonNode value = fields.value(name);
        if (value.isTextual() && value.textValue().stripLeading().startsWith("{")) {
            value = BodyReader.object(value.textValue(), name);
        }
        if (!value.isObject()) {
            String url = fields.word(name);
            return url == null ? null : new ImageReference(name, url);
        }
        if (BodyReader.isGiven(value.get("file_id"))) {
            throw new RefusedException(new Refusal(
                    name, Refusal.UNSUPPORTED, "There are no stored files here: send the image itself, or its URL."));
        }
        JsonNode url = value.path("image_url");
        if (!url.isTextual()) {
            throw RefusedException.invalid(name, name + " as an object has the text image_url.");
        }
        return new ImageReference(name, url.textValue().strip());
    }
}
