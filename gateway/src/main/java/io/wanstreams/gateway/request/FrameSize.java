package io.wanstreams.gateway.request;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The size of a frame in pixels; the text form is {@code 1280x720}. */
record FrameSize(int width, int height) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,5})\\s*[xX*×]\\s*(\\d{1,5})");

    static FrameSize parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw RefusedException.invalid("size", "size is WIDTHxHEIGHT in pixels, for example 1280x720.");
        }
        return new FrameSize(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    long pixels() {
        return (long) width * height;
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
