package io.wanstreams.gateway.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a draft from the object that a body stands for. Unknown fields are ignored: clients send extras. */
public final class DraftReader {

    /** Objects whose fields count as if they stood outside; what stands outside wins. */
    private static final List<String> WRAPPERS = List.of("extra_body", "extra_json", "extra_params");

    /** Fields of the dialects that would change the video: saying no is better than ignoring them. */
    private static final List<String> UNSUPPORTED = List.of("video_reference", "audio_reference", "lora");

    /** The same for what can be switched on. */
    private static final List<String> UNSUPPORTED_SWITCHES =
            List.of("generate_sound", "enable_frame_interpolation", "enable_upscaling");

    /** Fields that say nothing about the video: they are no mistake either. */
    private static final Set<String> IGNORED = Set.of("user");

    private DraftReader() {}

    /**
     * Reads a draft.
     *
     * @param body left as it is
     * @throws RefusedException when a field is of the wrong kind, or asks for what this gateway cannot do
     */
    public static RequestDraft read(ObjectNode body) {
        return read(body, false);
    }

    /**
     * Reads a draft.
     *
     * @param isStrict whether fields that mean nothing here are refused instead of ignored
     * @throws RefusedException as the other method, and for an unknown field
     */
    public static RequestDraft read(ObjectNode body, boolean isStrict) {
        ObjectNode flat = flattened(body);
        refuseUnsupported(flat);
        FieldReader fields = new FieldReader(flat);
        RequestDraft draft = draft(fields);
        refuseUnknown(isStrict ? fields.firstUnknown(IGNORED) : null);
        return draft;
    }

    private static RequestDraft draft(FieldReader fields) {
        ImageFields images = new ImageFields(fields);
        return new RequestDraft(
                fields.word("model"),
                count(fields),
                fields.word("preset"),
                fields.text("prompt"),
                fields.word("subject"),
                fields.word("action"),
                fields.word("environment"),
                fields.word("style"),
                fields.text("negative_prompt"),
                images.first(),
                images.last(),
                fields.word("lighting"),
                fields.word("composition"),
                fields.word("color_tone"),
                fields.word("size"),
                fields.integer("width"),
                fields.integer("height"),
                fields.number("seconds"),
                fields.integer("num_frames"),
                fields.integer("fps"),
                fields.integer("num_inference_steps"),
                fields.number("guidance_scale"),
                fields.number("guidance_scale_2"),
                fields.number("flow_shift"),
                fields.number("boundary_ratio"),
                fields.word("sigma_grid"),
                fields.word("scheduler"),
                fields.whole("seed"),
                fields.flag("save_frames"),
                fields.whole("deadline_s"),
                fields.word("callback_url"),
                fields.texts("metadata"));
    }

    private static ObjectNode flattened(ObjectNode body) {
        ObjectNode flat = body.deepCopy();
        for (String wrapper : WRAPPERS) {
            JsonNode wrapped = flat.remove(wrapper);
            if (!BodyReader.isGiven(wrapped)
                    || (wrapped.isTextual() && wrapped.textValue().isBlank())) {
                continue;
            }
            JsonNode object = wrapped.isTextual() ? BodyReader.object(wrapped.textValue(), wrapper) : wrapped;
            if (!object.isObject()) {
                throw RefusedException.invalid(wrapper, wrapper + " is an object.");
            }
            object.properties().forEach(field -> flat.putIfAbsent(field.getKey(), field.getValue()));
        }
        return flat;
    }

    private static void refuseUnsupported(ObjectNode flat) {
        for (String name : UNSUPPORTED) {
            JsonNode value = flat.get(name);
            if (BodyReader.isGiven(value)
                    && !(value.isTextual() && value.textValue().isBlank())) {
                throw unsupported(name);
            }
        }
        FieldReader fields = new FieldReader(flat);
        for (String name : UNSUPPORTED_SWITCHES) {
            if (Boolean.TRUE.equals(fields.flag(name))) {
                throw unsupported(name);
            }
        }
    }

    private static RefusedException unsupported(String name) {
        return new RefusedException(new Refusal(name, Refusal.UNSUPPORTED, name + " is not supported; leave it out."));
    }

    private static void refuseUnknown(@Nullable String field) {
        if (field != null) {
            throw new RefusedException(new Refusal(
                    field, Refusal.UNSUPPORTED, "This field is unknown; without X-Strict it would be ignored."));
        }
    }

    private static @Nullable Integer count(FieldReader fields) {
        Integer count = fields.integer("n");
        return count == null ? fields.integer("num_outputs_per_prompt") : count;
    }
}
