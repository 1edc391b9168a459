package io.wanstreams.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Edges of a video as on the command line, each a multiple of 16 pixels. */
record VideoSize(int width, int height) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,5})x(\\d{1,5})");
    private static final int MULTIPLE = 16;

    static VideoSize parse(String text) {
        Matcher edges = TEXT.matcher(text);
        if (!edges.matches()) {
            throw new IllegalArgumentException("--size is WIDTHxHEIGHT, found " + text);
        }
        VideoSize size = new VideoSize(Integer.parseInt(edges.group(1)), Integer.parseInt(edges.group(2)));
        if (size.width < MULTIPLE || size.height < MULTIPLE || size.width % MULTIPLE + size.height % MULTIPLE != 0) {
            throw new IllegalArgumentException("--size has multiples of " + MULTIPLE + ", found " + text);
        }
        return size;
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
