package io.wanstreams.gateway.request;

import io.wanstreams.contracts.request.ModelDefaults;
import io.wanstreams.contracts.request.ModelProfile;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sizes: multiples of what a latent patch covers, each way, within the limit of pixels. */
final class SizeRule {

    private static final int LONGEST_SIDE_PIXELS = 16_384;
    private static final int NEAREST = 3;

    private final ModelProfile model;
    private final RequestLimits limits;

    SizeRule(ModelProfile model, RequestLimits limits) {
        this.model = model;
        this.limits = limits;
    }

    /**
     * Resolves the size.
     *
     * @param image whose shape the video takes within the area of the size asked for; null for that size itself
     */
    FrameSize resolve(RequestDraft draft, ModelDefaults defaults, @Nullable GivenImage image, List<String> warnings) {
        FrameSize asked = asked(draft, defaults, warnings);
        FrameSize size = image == null ? asked : shaped(asked, image, warnings);
        String param = draft.size() != null || draft.width() == null ? "size" : "width";
        if (!isMultiple(size)) {
            throw RefusedException.invalid(
                    param,
                    "The size " + size + " does not divide by " + model.sizeMultiple() + " each way; nearest valid: "
                            + nearest(size) + ".");
        }
        if (size.pixels() > limits.pixels()) {
            throw RefusedException.invalid(
                    param,
                    "The size " + size + " has more than " + limits.pixels() + " pixels; nearest valid: "
                            + largestOfShape(size) + ".");
        }
        if (!model.trainedSizes().isEmpty() && !model.trainedSizes().contains(size.toString())) {
            warnings.add("Size " + size + " is outside what the model was trained on: "
                    + String.join(", ", model.trainedSizes()) + ".");
        }
        return size;
    }

    private FrameSize shaped(FrameSize asked, GivenImage image, List<String> warnings) {
        FrameSize size = new ImageArea(model, image).within(asked);
        if (size.pixels() == 0) {
            throw RefusedException.invalid(
                    ImageRule.IMAGE,
                    "An image of " + image.width() + "x" + image.height() + " is too long and thin for a video with as"
                            + " many pixels as " + asked + ".");
        }
        if (!size.equals(asked)) {
            warnings.add("With preset wan a size is an area, and the shape is the image's: " + asked + " became " + size
                    + ".");
        }
        return size;
    }

    private FrameSize asked(RequestDraft draft, ModelDefaults defaults, List<String> warnings) {
        Integer width = draft.width();
        Integer height = draft.height();
        if (draft.size() != null) {
            FrameSize size = FrameSize.parse(draft.size());
            if ((width != null && width != size.width()) || (height != null && height != size.height())) {
                throw RefusedException.invalid("size", "size contradicts width and height; give one of them.");
            }
            return size;
        }
        if (width == null && height == null) {
            return new FrameSize(defaults.width(), defaults.height());
        }
        if (width == null || height == null) {
            throw RefusedException.invalid(
                    width == null ? "width" : "height", "width and height are given together, or size instead.");
        }
        Range.check("width", width, 1, LONGEST_SIDE_PIXELS);
        Range.check("height", height, 1, LONGEST_SIDE_PIXELS);
        return rounded(new FrameSize(width, height), warnings);
    }

    /** As Diffusers does with width and height; clients of other servers ask for 854 by 480 and the like. */
    private FrameSize rounded(FrameSize asked, List<String> warnings) {
        if (isMultiple(asked)) {
            return asked;
        }
        FrameSize size = new FrameSize(down(asked.width()), down(asked.height()));
        warnings.add(
                "width and height are multiples of " + model.sizeMultiple() + ": " + asked + " became " + size + ".");
        return size;
    }

    private int down(int side) {
        return Math.max(model.sizeMultiple(), side / model.sizeMultiple() * model.sizeMultiple());
    }

    private boolean isMultiple(FrameSize size) {
        int multiple = model.sizeMultiple();
        return size.width() > 0 && size.height() > 0 && size.width() % multiple == 0 && size.height() % multiple == 0;
    }

    private String nearest(FrameSize size) {
        return around(size.width())
                .flatMap(width -> around(size.height()).map(height -> new FrameSize(width, height)))
                .distinct()
                .map(this::withinLimit)
                .distinct()
                .sorted(Comparator.comparingLong(candidate -> distance(candidate, size)))
                .limit(NEAREST)
                .map(FrameSize::toString)
                .collect(Collectors.joining(", "));
    }

    private static long distance(FrameSize a, FrameSize b) {
        return Math.abs((long) a.width() - b.width()) + Math.abs((long) a.height() - b.height());
    }

    private Stream<Integer> around(int side) {
        int multiple = model.sizeMultiple();
        int below = Math.max(multiple, side / multiple * multiple);
        return side % multiple == 0 && side > 0
                ? Stream.of(side)
                : Stream.of(below, Math.max(multiple, below + multiple));
    }

    private FrameSize withinLimit(FrameSize size) {
        return size.pixels() > limits.pixels() ? largestOfShape(size) : size;
    }

    /** The largest size of about the same shape that the limit of pixels allows. */
    private FrameSize largestOfShape(FrameSize size) {
        int multiple = model.sizeMultiple();
        double scale = Math.sqrt((double) limits.pixels() / size.pixels());
        int width = Math.max(multiple, (int) (size.width() * scale) / multiple * multiple);
        int height = Math.max(
                multiple,
                (int) Math.min(size.height() * scale, limits.pixels() / (double) width) / multiple * multiple);
        return new FrameSize(
                Math.min(width, Math.max(multiple, limits.pixels() / height / multiple * multiple)), height);
    }
}
