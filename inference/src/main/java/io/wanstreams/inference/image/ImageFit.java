package io.wanstreams.inference.image;

/** How a picture gets the size of the video (transformer-and-text.md §6, §7). */
public enum ImageFit {
    /** Diffusers: stretched by Pillow's Lanczos. */
    STRETCH_LANCZOS {
        @Override
        public float[] pixels(Picture picture, int width, int height) {
            return Lanczos.resize(picture, width, height).pixels();
        }
    },
    /** The original repository for models with a mask: stretched by PyTorch's bicubic, which may leave −1 … 1. */
    STRETCH_BICUBIC {
        @Override
        public float[] pixels(Picture picture, int width, int height) {
            return Bicubic.resize(picture.pixels(), picture.height(), picture.width(), height, width);
        }
    },
    /** The original repository for models with a timestep per token: scaled by Lanczos until it covers, then cropped. */
    COVER_LANCZOS {
        @Override
        public float[] pixels(Picture picture, int width, int height) {
            double scale = Math.max((double) width / picture.width(), (double) height / picture.height());
            int coverWidth = (int) Math.rint(picture.width() * scale);
            int coverHeight = (int) Math.rint(picture.height() * scale);
            return Lanczos.resize(picture, coverWidth, coverHeight)
                    .crop((coverWidth - width) / 2, (coverHeight - height) / 2, width, height)
                    .pixels();
        }
    };

    /** The picture as the autoencoder reads it: [3, height, width]. */
    public abstract float[] pixels(Picture picture, int width, int height);
}
