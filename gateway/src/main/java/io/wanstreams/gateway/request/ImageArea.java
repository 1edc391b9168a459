package io.wanstreams.gateway.request;

import io.wanstreams.contracts.request.ImageInput;
import io.wanstreams.contracts.request.ModelProfile;

/**
 * The original repository's sizes for videos from an image: the size asked for is an area, the shape is the image's (spec
 * transformer-and-text §6 for models with a mask, §7 for models with timesteps per token).
 */
final class ImageArea {

    private final ModelProfile model;
    private final GivenImage image;

    ImageArea(ModelProfile model, GivenImage image) {
        this.model = model;
        this.image = image;
    }

    /** The size of the video; a side of 0 where the image's shape leaves no room for one. */
    FrameSize within(FrameSize area) {
        double pixels = (double) area.pixels();
        return model.image() == ImageInput.REQUIRED ? flooredSides(pixels) : leastDistorted(pixels);
    }

    private FrameSize flooredSides(double area) {
        double shape = (double) image.height() / image.width();
        return new FrameSize(floored(Math.sqrt(area / shape)), floored(Math.sqrt(area * shape)));
    }

    private FrameSize leastDistorted(double area) {
        double shape = (double) image.width() / image.height();
        double width = Math.sqrt(area * shape);
        FrameSize byWidth = byWidth(area, width);
        FrameSize byHeight = byHeight(area, area / width);
        return distortion(shape, byWidth) < distortion(shape, byHeight) ? byWidth : byHeight;
    }

    private FrameSize byWidth(double area, double ideal) {
        int width = floored(ideal);
        return new FrameSize(width, width == 0 ? 0 : floored(area / width));
    }

    private FrameSize byHeight(double area, double ideal) {
        int height = floored(ideal);
        return new FrameSize(height == 0 ? 0 : floored(area / height), height);
    }

    private static double distortion(double shape, FrameSize size) {
        if (size.pixels() == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double found = (double) size.width() / size.height();
        return Math.max(shape / found, found / shape);
    }

    private int floored(double pixels) {
        int multiples = (int) (pixels / model.sizeMultiple());
        return multiples * model.sizeMultiple();
    }
}
