package io.wanstreams.cli.pictures;

/**
 * What a clip shows of what was asked for.
 *
 * @param colour whether a thing of the asked colour stands in front
 * @param movement whether that thing moves as asked
 */
record ClipScore(boolean colour, boolean movement) {}
