package io.wanstreams.gateway.request;

import io.wanstreams.contracts.request.ImageInput;
import io.wanstreams.contracts.request.ModelProfile;

/** Which models take which images. */
final class ImageRule {

    static final String IMAGE = "input_reference";
    static final String LAST_IMAGE = "last_image";

    private final ModelProfile model;

    ImageRule(ModelProfile model) {
        this.model = model;
    }

    void check(Attachments given, int numFrames) {
        check(given.image() != null, given.lastImage() != null);
        if (given.lastImage() != null && numFrames < 2) {
            throw RefusedException.invalid(
                    "num_frames",
                    "A video of one frame has no last image; nearest valid: " + (1 + model.temporalStride()) + ".");
        }
    }

    /** What can be said before any image is looked at. */
    void check(boolean hasImage, boolean hasLastImage) {
        if (hasImage && model.image() == ImageInput.REFUSED) {
            throw unsupported(IMAGE, model.name() + " makes videos from text only; send no image.");
        }
        if (!hasImage && model.image() == ImageInput.REQUIRED) {
            throw missing(model.name() + " makes videos from an image; send one as " + IMAGE + ".");
        }
        if (hasLastImage && !model.image().takesLastImage()) {
            throw unsupported(LAST_IMAGE, model.name() + " takes no last image; send none.");
        }
    }

    private static RefusedException unsupported(String param, String message) {
        return new RefusedException(new Refusal(param, Refusal.UNSUPPORTED, message));
    }

    private static RefusedException missing(String message) {
        return new RefusedException(new Refusal(IMAGE, Refusal.MISSING, message));
    }
}
