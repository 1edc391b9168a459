package io.wanstreams.cli.clip;

/**
 * What a video file is.
 *
 * @param width pixels
 * @param height pixels
 * @param frames that can be decoded
 * @param fps frames per second
 * @param codec FFmpeg's name of the codec
 */
public record ClipFacts(int width, int height, int frames, double fps, String codec) {}
